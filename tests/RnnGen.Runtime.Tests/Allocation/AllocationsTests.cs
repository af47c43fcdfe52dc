using RnnGen.Testing;

namespace RnnGen.Tests.Allocation;

[Collection(nameof(AllocationTests))]
public class AllocationsTests
{
    private object? _kept;

    [Fact]
    public void What_is_allocated_is_found() =>
        Assert.Equal("Expected no allocations, found 24000 bytes in 1000 calls, 24 per call.", Assert.Throws<CheckException>(() => Allocations.None(() => _kept = new object())).Message);

    [Fact]
    public void The_first_call_may_allocate()
    {
        Allocations.None(() => _kept ??= new object());
        Assert.NotNull(_kept);
        Assert.Throws<ArgumentOutOfRangeException>(() => Allocations.None(() => { }, calls: 0));
    }
}
