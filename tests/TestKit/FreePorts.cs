using System.Net;
using System.Net.Sockets;

namespace Museum.TestKit;

/// <summary>
/// Ports that nobody listens on at the moment. Below the range from which the system gives ports to clients (32768 on), or a server that
/// comes back in a test would find its port taken by somebody's outgoing connection. Each is given once in a process, and to no other test
/// process beside it: a block of them is a process's as long as it holds the block's file.
/// </summary>
public static class FreePorts
{
    private const int First = 12_000;
    private const int Blocks = 80;
    private const int BlockSize = 100;

    private static readonly Lock Gate = new();
    private static readonly Queue<int> Left = new();

    // Held to the end of the process: with a file goes its lock. The largest test project takes some 15 blocks.
    private static readonly List<FileStream> Held = [];

    /// <exception cref="InvalidOperationException">All are some process's.</exception>
    public static int[] Take(int count)
    {
        lock (Gate)
        {
            return [.. Enumerable.Range(0, count).Select(_ => TakeOne())];
        }
    }

    private static int TakeOne()
    {
        while (true)
        {
            if (Left.Count == 0)
            {
                TakeBlock();
            }

            if (Left.Dequeue() is var port && IsFree(port))
            {
                return port;
            }
        }
    }

    private static void TakeBlock()
    {
        var start = Random.Shared.Next(Blocks);
        foreach (var block in Enumerable.Range(start, Blocks).Select(b => b % Blocks))
        {
            try
            {
                Held.Add(new FileStream(Path.Combine(Path.GetTempPath(), $"museum-ports-{First + (block * BlockSize)}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another's, or this process's own from before.
                continue;
            }

            foreach (var port in Enumerable.Range(First + (block * BlockSize), BlockSize))
            {
                Left.Enqueue(port);
            }

            return;
        }

        throw new InvalidOperationException($"All ports from {First} to {First + (Blocks * BlockSize) - 1} are taken by test processes.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
