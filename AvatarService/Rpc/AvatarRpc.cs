using Grpc.Core;
using Museum.Avatar.V1;
using Museum.AvatarService.Sense;
using Museum.AvatarService.Visemes;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Errors;
using TimedPhone = Museum.Contracts.Speech.TimedPhone;

namespace Museum.AvatarService.Rpc;

/// <summary>gRPC <c>museum.avatar.v1.Avatar</c>.</summary>
internal sealed class AvatarRpc : Avatar.V1.Avatar.AvatarBase
{
    // A sentence of 1,000 characters has about as many.
    private const int MaxPhones = 4_000;

    public override Task<AnimateResponse> Animate(AnimateRequest request, ServerCallContext context)
    {
        if (request.SampleRate is < 8_000 or > 48_000)
        {
            throw new ClientException("sample_rate_unsupported", "The sample rate is from 8,000 to 48,000.");
        }

        if (request.Phones.Count > MaxPhones || request.Phones.Any(p => p.StartSample < 0 || p.EndSample < p.StartSample))
        {
            throw new ClientException("phones_invalid", $"At most {MaxPhones} phones, each with an end that is not before its start.");
        }

        var track = TrackComposer.Compose(
            [.. request.Phones.OrderBy(p => p.StartSample).Select(p => new TimedPhone(p.Symbol, p.Alphabet, p.StartSample, p.EndSample))],
            request.SampleRate,
            request.TotalSamples == 0 ? null : request.TotalSamples);
        var bearing = SentenceSense.Read(request.Text);
        return Task.FromResult(new AnimateResponse { Expression = bearing.Expression, Action = bearing.Action, Visemes = { track.Select(Viseme) } });
    }

    private static Avatar.V1.Viseme Viseme(TimedViseme viseme) => new() { StartSample = viseme.StartSample, Id = viseme.Id, Weight = viseme.Weight };
}
