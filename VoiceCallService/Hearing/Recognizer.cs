using Google.Protobuf;
using Grpc.Core;
using Museum.Audio.V1;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Resilience;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Hearing;

/// <summary>
/// Recognises an utterance while it is spoken, by <c>Speech.Recognize</c>. When the replica that hears it is lost, another one hears it
/// from its beginning, out of what is kept.
/// </summary>
internal sealed class Recognizer(Speech.SpeechClient speech, Pipelines pipelines)
{
    /// <summary>Name of AudioService's pipeline for what is heard.</summary>
    public const string Pipeline = "hearing";

    /// <summary>A replica that is lost, and the one after it.</summary>
    private const int MostAttempts = 3;

    // 100 ms a message: the recogniser's pace.
    private const int MessageSamples = UtteranceAudio.SampleRate / 10;

    /// <summary>The longest utterance, and a second hearing after it.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(65);

    /// <param name="audio">Its sound, from the beginning; still growing.</param>
    /// <param name="session">Who speaks, and in which language.</param>
    /// <param name="wish">How soon.</param>
    /// <param name="partial">Told what was heard so far.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="MuseumException">Nobody hears this language at the moment.</exception>
    public async Task<HeardUtterance> RecognizeAsync(UtteranceAudio audio, ClientSession session, HearingWish wish, Action<string> partial, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await HearAsync(audio, session, wish, partial, cancellationToken);
            }
            catch (RpcException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.Internal && attempt < MostAttempts)
            {
                // Lost in the middle.
            }
        }
    }

    private async Task<HeardUtterance> HearAsync(UtteranceAudio audio, ClientSession session, HearingWish wish, Action<string> partial, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = await session.Token.GetAsync(cancellationToken);
        using var call = await pipelines.Of(Pipeline).ExecuteAsync(async attempt => await OpenAsync(session, wish, token, attempt, over.Token), cancellationToken);
        var sending = SendAsync(audio, call.RequestStream, over.Token);
        try
        {
            await foreach (var heard in call.ResponseStream.ReadAllAsync(over.Token))
            {
                if (heard.IsFinal)
                {
                    return new HeardUtterance(heard.Text, heard.Confidence, heard.LowConfidence, heard.Words);
                }

                partial(heard.Text);
            }

            return HeardUtterance.Nothing;
        }
        finally
        {
            await over.CancelAsync();
            await sending;
        }
    }

    /// <summary>It listens when its response headers are there: a replica that is gone or frozen shows here.</summary>
    private async Task<AsyncDuplexStreamingCall<RecognizeRequest, RecognizeResponse>> OpenAsync(
        ClientSession session, HearingWish wish, string token, CancellationToken attempt, CancellationToken over)
    {
        var call = speech.Recognize(new CallOptions(GrpcClients.Bearer(token), deadline: DateTime.UtcNow + Deadline, cancellationToken: over));
        try
        {
            var start = new RecognizeStart { SessionId = session.Id, Language = session.SpokenLanguage, SampleRate = UtteranceAudio.SampleRate, PartialResults = true };
            (start.PatienceMs, start.EarlyPartials) = ((int)wish.Patience.TotalMilliseconds, wish.EarlyPartials);
            await call.RequestStream.WriteAsync(new RecognizeRequest { Start = start }, attempt);
            await call.ResponseHeadersAsync.WaitAsync(attempt);
            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    private static async Task SendAsync(UtteranceAudio audio, IClientStreamWriter<RecognizeRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            var sent = 0;
            while (await audio.ReadAsync(sent, MessageSamples, cancellationToken) is { Length: > 0 } bytes)
            {
                sent += bytes.Length / sizeof(short);
                await requests.WriteAsync(new RecognizeRequest { Audio = UnsafeByteOperations.UnsafeWrap(bytes) }, cancellationToken);
            }

            await requests.WriteAsync(new RecognizeRequest { End = new EndOfUtterance() }, cancellationToken);
            await requests.CompleteAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException or InvalidOperationException)
        {
            // The call is over: whoever reads its answer learns why.
        }
    }
}

/// <summary>How soon an utterance is to be understood.</summary>
/// <param name="Patience">So long doubtful words may be heard again; zero: as AudioService is set up.</param>
/// <param name="EarlyPartials">The first words sooner and less surely: it is spoken over the guide.</param>
internal readonly record struct HearingWish(TimeSpan Patience = default, bool EarlyPartials = false);
