using System.Globalization;

namespace Museum.AudioService.Festival;

/// <summary>
/// What festival is told, in its Scheme, and what it answers: its tokens with the times of their words, its phones, and an end.
/// <code>
/// T Louis
/// W 0.175000 0.560000
/// P pau 0.175000
/// P l 0.250000
/// END
/// </code>
/// </summary>
internal static class FestivalScript
{
    public const string End = "END";

    /// <summary>Loads the voice, which takes half a second, and defines <c>museum_say</c>. -r is hts_engine's rate.</summary>
    public const string Prepare = """
        (voice_cmu_us_slt_arctic_hts)
        (define (museum_say text file rate)
          (set! hts_engine_params (append cmu_us_slt_arctic_hts::hts_engine_params (list (list "-r" rate))))
          (let ((utt (utt.synth (eval (list 'Utterance 'Text text)))) (token nil))
            (utt.save.wave utt file 'raw)
            (set! token (utt.relation.first utt 'Token))
            (while token
              (format t "T %s\n" (item.name token))
              (mapcar (lambda (word) (if (item.relation word 'Word) (format t "W %f %f\n" (item.feat word "word_start") (item.feat word "word_end"))))
                (item.relation.daughters token 'Token))
              (set! token (item.next token)))
            (mapcar (lambda (phone) (format t "P %s %f\n" (item.name phone) (item.feat phone "end"))) (utt.relation.items utt 'Segment))
            (format t "END\n")
            (fflush nil)))
        (begin (format t "END\n") (fflush nil))

        """;

    /// <param name="text">ASCII, as EnglishText prepares it.</param>
    public static string Say(string text, string file, double rate) => string.Create(
        CultureInfo.InvariantCulture,
        $"(museum_say \"{Quoted(text)}\" \"{Quoted(file)}\" {rate:0.00#})\n");

    private static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
