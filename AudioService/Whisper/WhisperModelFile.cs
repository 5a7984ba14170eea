using System.Text;

namespace Museum.AudioService.Whisper;

/// <summary>
/// Whether a file is a whole ggml model, seen without loading it: whisper.cpp believes every length it reads, and a damaged file could end
/// the process.
/// <code>
/// "ggml" │ 11 hyper-parameters │ mel filters: rows, columns, floats │ words: count, (length, bytes)… │ tensors: (dimensions, name length, type, sizes, name, data)…
/// </code>
/// All numbers are 32-bit, little-endian.
/// </summary>
internal static class WhisperModelFile
{
    private const uint Magic = 0x67676d6c;
    private const int LongestWord = 1_024;
    private const int InFullPrecision = 0;

    // ggml's types: how many bytes a block of how many numbers takes.
    private static readonly Dictionary<int, (int Bytes, int Numbers)> Blocks = new()
    {
        [0] = (4, 1), [1] = (2, 1), [2] = (18, 32), [3] = (20, 32), [6] = (22, 32), [7] = (24, 32), [8] = (34, 32),
        [10] = (84, 256), [11] = (110, 256), [12] = (144, 256), [13] = (176, 256), [14] = (210, 256), [30] = (2, 1),
    };

    /// <summary>Null: it can be loaded. Else why not, and what would help.</summary>
    public static string? Fault(string path)
    {
        if (!File.Exists(path))
        {
            return $"there is no model {path}: ./museum models pull {Path.GetFileNameWithoutExtension(path)} fetches it";
        }

        try
        {
            using var file = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
            return file.BaseStream.Length >= sizeof(uint) && file.ReadUInt32() == Magic ? FaultIn(file) : $"{path} is no ggml model of Whisper";
        }
        catch (EndOfStreamException)
        {
            return Broken(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the model {path} cannot be read: {e.Message}";
        }

        string? FaultIn(BinaryReader file) => !IsPlausible(file, out var kind) ? Broken(path)
            : kind == InFullPrecision ? $"the model {path} has matrices in 32 bits, at which whisper.cpp stops: take one in 16 bits, or a quantised one"
            : SkipWords(file) && SkipTensors(file) ? null : Broken(path);
    }

    private static string Broken(string path) => $"the model {path} is damaged or of an unknown kind: fetch it again";

    private static bool IsPlausible(BinaryReader file, out int kind)
    {
        int[] most = [100_000, 3_000, 4_096, 64, 128, 4_096, 4_096, 64, 128, 256];
        var numbers = most.Select(_ => file.ReadInt32()).ToArray();
        kind = file.ReadInt32();
        var (mels, columns) = (file.ReadInt32(), file.ReadInt32());
        return kind >= 0 && numbers.Zip(most).All(n => n.First > 0 && n.First <= n.Second)
            && mels == numbers[9] && columns is > 0 and <= 4_096 && Skip(file, (long)mels * columns * sizeof(float));
    }

    private static bool SkipWords(BinaryReader file)
    {
        var count = file.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            var length = file.ReadInt32();
            if (length is < 0 or > LongestWord || !Skip(file, length))
            {
                return false;
            }
        }

        return count > 0;
    }

    private static bool SkipTensors(BinaryReader file)
    {
        while (file.BaseStream.Position < file.BaseStream.Length)
        {
            var (dimensions, name, type) = (file.ReadInt32(), file.ReadInt32(), file.ReadInt32());
            if (dimensions is < 1 or > 4 || name is < 1 or > LongestWord || !Blocks.TryGetValue(type, out var block))
            {
                return false;
            }

            long numbers = 1;
            for (var i = 0; i < dimensions; i++)
            {
                var size = file.ReadInt32();
                if (size <= 0 || (numbers *= size) > int.MaxValue)
                {
                    return false;
                }
            }

            if (!Skip(file, name + (numbers / block.Numbers * block.Bytes)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Skip(BinaryReader file, long bytes)
    {
        var next = file.BaseStream.Position + bytes;
        if (next > file.BaseStream.Length)
        {
            return false;
        }

        file.BaseStream.Position = next;
        return true;
    }
}
