// Models in an assembly that says of itself to be compliant have public members of these types.
[assembly: CLSCompliant(true)]
