using Museum.TestKit;
using Museum.VoiceCallService.Buffers;

namespace Museum.VoiceCallService.Tests.Buffers;

/// <summary>Every sample's value is its place, so that what is given out tells whether it is in order. Frames of 20 ms.</summary>
public sealed class JitterBufferTests : IDisposable
{
    private const int Frame = 320;

    private readonly ManualTime time = new();
    private readonly JitterBuffer buffer;

    public JitterBufferTests() => buffer = new JitterBuffer(time);

    [Fact]
    public void Sound_that_comes_in_order_is_not_delayed()
    {
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(FrameFate.Taken, Add(i));
            Assert.Equal(Place(i * Frame, Frame), Read());
        }

        Assert.Equal((500L * Frame, 0L), buffer.Samples);
    }

    [Fact]
    public void Frames_that_overtake_one_another_are_put_back_in_order()
    {
        Add(0);
        Add(2);
        Add(1);
        Add(4);
        Add(3);
        Assert.Equal(Place(0, 5 * Frame), Read());
    }

    [Fact]
    public void What_was_sent_twice_is_heard_once()
    {
        Add(0);
        Add(1);
        Assert.Equal(FrameFate.Duplicate, Add(1));
        Assert.Equal(Place(0, 2 * Frame), Read());
        Assert.Equal(FrameFate.Late, Add(1));
        Assert.Empty(Read());
    }

    [Fact]
    public void A_frame_that_repeats_the_end_of_another_adds_only_what_is_new()
    {
        Add(0);
        buffer.Add(Frame / 2, Place(Frame / 2, Frame));
        Assert.Equal(Place(0, Frame + (Frame / 2)), Read());
    }

    [Fact]
    public void A_gap_is_waited_for_and_then_filled_with_silence()
    {
        Add(0);
        Read();
        Add(2);
        Assert.Empty(Read());
        time.Advance(buffer.Depth);
        Assert.Equal([.. new short[Frame], .. Place(2 * Frame, Frame)], Read());
        Assert.Equal((3L * Frame, (long)Frame), buffer.Samples);
        Assert.Equal(FrameFate.Late, Add(1));
    }

    [Fact]
    public void Each_gap_is_waited_for_by_itself()
    {
        Add(0);
        Read();
        Add(2);
        Add(4);
        time.Advance(buffer.Depth);
        Assert.Equal(2 * Frame, Read().Length);
        Assert.Empty(Read());
        Add(3);
        Assert.Equal(Place(3 * Frame, 2 * Frame), Read());
    }

    [Fact]
    public void Where_frames_come_unevenly_a_gap_is_waited_for_longer()
    {
        var even = buffer.Depth;
        for (var i = 0; i < 200; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(i % 2 == 0 ? 0 : 80));
            Add(i);
            Read();
        }

        Assert.Equal(TimeSpan.FromMilliseconds(20), even);
        Assert.InRange(buffer.Depth, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300));
        for (var i = 200; i < 600; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            Add(i);
            Read();
        }

        Assert.Equal(even, buffer.Depth);
    }

    [Fact]
    public void After_a_break_of_more_than_it_holds_it_goes_on_where_the_client_is()
    {
        Add(0);
        Read();
        Assert.Equal(FrameFate.Jump, Add(1_000));
        Assert.Equal(Place(1_000 * Frame, Frame), Read());
        Assert.Equal(999L * Frame, buffer.Samples.Lost);
    }

    [Fact]
    public void Of_more_gaps_than_it_keeps_the_oldest_is_given_up()
    {
        Add(0);
        Read();
        for (var i = 2; i < 80; i += 2)
        {
            Add(i);
        }

        // Fifteen gaps are waited for still.
        var given = Read();
        Assert.Equal(Place(48 * Frame, Frame), given[^Frame..]);
        var last = given;
        for (var heard = Later(); heard.Length > 0; heard = Later())
        {
            last = heard;
        }

        Assert.Equal(Place(78 * Frame, Frame), last[^Frame..]);
    }

    [Fact]
    public void The_index_may_run_over()
    {
        var first = uint.MaxValue - (Frame / 2) + 1;
        buffer.Add(first, Place(0, Frame));
        buffer.Add(first + Frame, Place(Frame, Frame));
        Assert.Equal(Place(0, 2 * Frame), Read());
    }

    [Fact]
    public void Nothing_is_allocated_per_frame()
    {
        var (pcm, heard) = (Place(0, Frame), new short[4 * Frame]);
        buffer.Add(0, pcm);
        buffer.Read(heard);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1u; i < 100; i++)
        {
            buffer.Add(i * Frame, pcm);
            buffer.Read(heard);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_frame_begins_with_the_index_of_its_first_sample()
    {
        Assert.True(NumberedFrame.TryRead([0x40, 0x01, 0, 0, 0x02, 0x01, 0xff, 0xff], out var first, out var pcm));
        Assert.Equal((320u, (short)0x0102, (short)-1), (first, pcm[0], pcm[1]));
        Assert.False(NumberedFrame.TryRead([1, 2, 3], out _, out _));
        Assert.False(NumberedFrame.TryRead([1, 2, 3, 4, 5], out _, out _));
    }

    public void Dispose() => buffer.Dispose();

    private FrameFate Add(int frame) => buffer.Add((uint)(frame * Frame), Place(frame * Frame, Frame));

    private short[] Later()
    {
        time.Advance(TimeSpan.FromSeconds(1));
        return Read();
    }

    /// <summary>All that is due.</summary>
    private short[] Read()
    {
        var all = new List<short>();
        var some = new short[100];
        for (var count = buffer.Read(some); count > 0; count = buffer.Read(some))
        {
            all.AddRange(some.AsSpan(0, count));
        }

        return [.. all];
    }

    private static short[] Place(int from, int count) => [.. Enumerable.Range(from, count).Select(i => (short)i)];
}
