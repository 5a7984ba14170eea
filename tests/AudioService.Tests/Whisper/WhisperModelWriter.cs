using System.Runtime.InteropServices;
using System.Text;

namespace Museum.AudioService.Tests.Whisper;

/// <summary>
/// Writes models for Whisper, since none is to be had without the internet: one with a header alone, which hears nothing, and one whose
/// weights say the same words whatever it hears. In the latter every layer is zero; the position alone decides which token is next.
/// </summary>
internal static class WhisperModelWriter
{
    private const int Vocabulary = 51_865;
    private const int FirstSpecial = 50_257;
    private const int EndOfText = 50_257;
    private const int Zero = 50_364;
    private const int AudioContext = 1_500;
    private const int TextContext = 64;
    private const int Mels = 80;
    private const int State = 32;

    // Matrices in 16 bits, the rest in 32: what whisper.cpp computes with.
    private const int Halves = 1;

    // Start of transcript, language, task: the token after them is the first that is chosen.
    private const int Prompt = 3;

    public static void WriteSilent(string path) => Write(path, [], withWeights: false);

    /// <param name="path">Of the file.</param>
    /// <param name="tokens">At most 27; as bytes, since a token may be half a character.</param>
    public static void WriteSaying(string path, params byte[][] tokens) => Write(path, tokens, withWeights: true);

    public static byte[][] Tokens(params string[] tokens) => [.. tokens.Select(Encoding.UTF8.GetBytes)];

    private static void Write(string path, byte[][] tokens, bool withWeights)
    {
        using var file = new BinaryWriter(File.Create(path));
        file.Write(0x67676d6c);
        foreach (var number in new[] { Vocabulary, AudioContext, State, 1, 1, TextContext, State, 1, 1, Mels, Halves })
        {
            file.Write(number);
        }

        file.Write(Mels);
        file.Write(201);
        file.Write(new byte[Mels * 201 * sizeof(float)]);
        file.Write(FirstSpecial);
        byte[][] words = [" "u8.ToArray(), .. tokens];
        for (var i = 0; i < FirstSpecial; i++)
        {
            var word = i < words.Length ? words[i] : [];
            file.Write(word.Length);
            file.Write(word);
        }

        if (withWeights)
        {
            WriteWeights(file, tokens.Length);
        }
    }

    private static void WriteWeights(BinaryWriter file, int tokens)
    {
        Tensor(file, "encoder.positional_embedding", [State, AudioContext]);
        Tensor(file, "encoder.conv1.weight", [3, Mels, State]);
        Tensor(file, "encoder.conv1.bias", [1, State]);
        Tensor(file, "encoder.conv2.weight", [3, State, State]);
        Tensor(file, "encoder.conv2.bias", [1, State]);
        Norm(file, "encoder.ln_post", 0);
        Block(file, "encoder.blocks.0", ["attn"]);

        // Position p points along axis p, and the token that is to follow there lies on that axis: far enough to outweigh the rest.
        Tensor(file, "decoder.positional_embedding", [State, TextContext], at => at / State is >= Prompt - 1 and < State && at % State == at / State ? 100 : 0);
        var following = new Dictionary<int, int> { [Zero] = Prompt - 1, [EndOfText] = Prompt + tokens };
        for (var i = 0; i < tokens; i++)
        {
            following[i + 1] = Prompt + i;
        }

        Tensor(file, "decoder.token_embedding.weight", [State, Vocabulary], at => following.TryGetValue(at / State, out var axis) && axis == at % State ? 1 : 0);
        Norm(file, "decoder.ln", 10);
        Block(file, "decoder.blocks.0", ["attn", "cross_attn"]);
    }

    private static void Block(BinaryWriter file, string name, string[] attentions)
    {
        Norm(file, $"{name}.mlp_ln", 0);
        Tensor(file, $"{name}.mlp.0.weight", [State, 4 * State]);
        Tensor(file, $"{name}.mlp.0.bias", [4 * State]);
        Tensor(file, $"{name}.mlp.2.weight", [4 * State, State]);
        Tensor(file, $"{name}.mlp.2.bias", [State]);
        foreach (var attention in attentions)
        {
            Norm(file, $"{name}.{attention}_ln", 0);
            foreach (var part in new[] { "query", "key", "value", "out" })
            {
                Tensor(file, $"{name}.{attention}.{part}.weight", [State, State]);
                if (part != "key")
                {
                    Tensor(file, $"{name}.{attention}.{part}.bias", [State]);
                }
            }
        }
    }

    private static void Norm(BinaryWriter file, string name, float weight)
    {
        Tensor(file, $"{name}.weight", [State], _ => weight);
        Tensor(file, $"{name}.bias", [State]);
    }

    private static void Tensor(BinaryWriter file, string name, int[] sizes, Func<int, float>? value = null)
    {
        file.Write(sizes.Length);
        file.Write(Encoding.UTF8.GetByteCount(name));
        var half = sizes.Length > 1 && name.EndsWith(".weight", StringComparison.Ordinal);
        file.Write(half ? Halves : 0);
        Array.ForEach(sizes, file.Write);
        file.Write(Encoding.UTF8.GetBytes(name));
        var numbers = new float[sizes.Aggregate((a, b) => a * b)];
        for (var i = 0; value is not null && i < numbers.Length; i++)
        {
            numbers[i] = value(i);
        }

        file.Write(half ? MemoryMarshal.AsBytes<Half>(Array.ConvertAll(numbers, n => (Half)n)) : MemoryMarshal.AsBytes<float>(numbers));
    }
}
