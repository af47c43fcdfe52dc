using System.Numerics;

namespace RnnGen.Formats;

/// <summary>Reads trees of version 2, whose nodes contain records.</summary>
internal static class Hdf5RecordTree
{
    private const int MostLevels = 16;

    // A signature, a version, a type and a checksum.
    private const int NodeOverhead = 10;

    /// <summary>Finds the records of a tree.</summary>
    /// <exception cref="CheckpointException">The tree is broken.</exception>
    public static IEnumerable<Hdf5Cursor> Records(Hdf5Source source, long address, int type)
    {
        source.Visit(address, "a tree");
        Hdf5Cursor header = source.At(address, "a tree");
        header.Signature("BTHD"u8);
        header.Version(0, 0);
        int found = header.Byte();
        long nodeSize = header.UInt32();
        int recordSize = header.UInt16();
        int depth = header.UInt16();
        header.Skip(2);
        long root = header.Address();
        int count = header.UInt16();
        if (found != type || recordSize < 11 || depth > MostLevels || nodeSize < NodeOverhead + recordSize || nodeSize > int.MaxValue)
        {
            throw source.Broken(
                address, $"expected a tree of type {type} with at most {MostLevels} levels, found type {found}, {depth} levels, and records of {recordSize} bytes in nodes of {nodeSize}. The file is damaged: copy it again.");
        }

        if (root == Hdf5Source.Undefined)
        {
            yield break;
        }

        int[] totalSizes = SizesOfTotals(source, nodeSize, recordSize, depth, out int countSize);
        var nodes = new Stack<(long Address, int Count, int Depth)>();
        nodes.Push((root, count, depth));
        while (nodes.TryPop(out (long Address, int Count, int Depth) next))
        {
            source.Visit(next.Address, "a node of a tree");
            Hdf5Cursor node = source.At(next.Address, "a node of a tree");
            node.Signature(next.Depth == 0 ? "BTLF"u8 : "BTIN"u8);
            node.Version(0, 0);
            node.Skip(1);
            for (int k = 0; k < next.Count; k++)
            {
                source.Count(node.Position);
                yield return node.Part(recordSize, "a record of a tree");
            }

            for (int k = 0; k <= next.Count && next.Depth > 0; k++)
            {
                source.Count(node.Position);
                long child = node.Address();
                long childCount = node.Unsigned(countSize);
                node.Skip(totalSizes[next.Depth - 1]);
                nodes.Push((child, (int)Math.Min(childCount, int.MaxValue), next.Depth - 1));
            }
        }
    }

    /// <summary>Bytes of the number of all records below a node, for each level. They are no more than the largest number of the level needs.</summary>
    private static int[] SizesOfTotals(Hdf5Source source, long nodeSize, int recordSize, int depth, out int countSize)
    {
        int[] sizes = new int[depth + 1];
        BigInteger most = (nodeSize - NodeOverhead) / recordSize;
        countSize = Size(most);
        for (int level = 1; level <= depth; level++)
        {
            int pointer = source.OffsetSize + countSize + sizes[level - 1];
            BigInteger records = Math.Max(0, nodeSize - NodeOverhead - pointer) / (recordSize + pointer);
            most = ((records + 1) * most) + records;
            sizes[level] = Math.Min(Size(most), sizeof(long));
        }

        return sizes;
    }

    private static int Size(BigInteger number) => number.IsZero ? 1 : (int)(((long)number.GetBitLength() - 1) / 8) + 1;
}
