using System.Text.Json;

namespace Museum.Benchmarks.Visitors.Visits;

/// <summary>
/// Of a message what a benchmark asks for, read in one pass: 200 visitors get some thousand messages a second, and what the one who
/// measures costs is taken from what is measured.
/// </summary>
internal struct ServerMessage
{
    public string Type;
    public string? RequestId;
    public long TurnId;
    public int Sequence;
    public int Size;
    public double StartMs;
    public double DurationMs;
    public bool Last;
    public bool HasText;
    public bool EndsText;
    public string? ErrorCode;
    public double? FirstTextMs;
    public double? FirstSentenceMs;
    public double? FirstAudioMs;
    public double? BrokerHopMs;
    public bool VoiceAway;
    public bool FaceAway;

    /// <summary><c>{"version":"1.0","msg_type":"RESPONSE","session_id":…,"payload":{…},"timestamp":…}</c></summary>
    public static ServerMessage Read(ReadOnlySpan<byte> json)
    {
        var message = new ServerMessage { Type = "" };
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1 && reader.ValueTextEquals("msg_type"u8))
            {
                reader.Read();
                message.Type = MessageName(ref reader);
            }
            else if (reader.CurrentDepth == 1 && !reader.ValueTextEquals("payload"u8))
            {
                reader.Skip();
            }
            else if (reader.CurrentDepth > 1)
            {
                message.ReadField(ref reader);
            }
        }

        return message;
    }

    private void ReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("content"u8) || reader.ValueTextEquals("capabilities"u8))
        {
            // Their members are read as if they were the payload's own.
            return;
        }

        if (reader.ValueTextEquals("request_id"u8))
        {
            RequestId = Text(ref reader);
        }
        else if (reader.ValueTextEquals("turn_id"u8))
        {
            TurnId = (long)(Number(ref reader) ?? 0);
        }
        else if (reader.ValueTextEquals("sequence"u8))
        {
            Sequence = (int)(Number(ref reader) ?? 0);
        }
        else if (reader.ValueTextEquals("size"u8))
        {
            Size = (int)(Number(ref reader) ?? 0);
        }
        else if (reader.ValueTextEquals("start_ms"u8))
        {
            StartMs = Number(ref reader) ?? 0;
        }
        else if (reader.ValueTextEquals("duration_ms"u8))
        {
            DurationMs = Number(ref reader) ?? 0;
        }
        else if (reader.ValueTextEquals("last"u8))
        {
            reader.Read();
            Last = reader.TokenType == JsonTokenType.True;
        }
        else if (reader.ValueTextEquals("text_stream_seq"u8))
        {
            EndsText = Number(ref reader) == -1;
        }
        else if (reader.ValueTextEquals("text"u8))
        {
            reader.Read();
            HasText = reader.TokenType == JsonTokenType.String;
        }
        else
        {
            ReadRareField(ref reader);
        }
    }

    private void ReadRareField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("error_code"u8))
        {
            ErrorCode = Text(ref reader);
        }
        else if (reader.ValueTextEquals("first_text_ms"u8))
        {
            FirstTextMs = Number(ref reader);
        }
        else if (reader.ValueTextEquals("first_sentence_ms"u8))
        {
            FirstSentenceMs = Number(ref reader);
        }
        else if (reader.ValueTextEquals("first_audio_ms"u8))
        {
            FirstAudioMs = Number(ref reader);
        }
        else if (reader.ValueTextEquals("broker_hop_ms"u8))
        {
            BrokerHopMs = Number(ref reader);
        }
        else if (reader.ValueTextEquals("voice"u8))
        {
            VoiceAway = Text(ref reader) == "away";
        }
        else if (reader.ValueTextEquals("face"u8))
        {
            FaceAway = Text(ref reader) == "away";
        }
        else
        {
            reader.Skip();
        }
    }

    /// <summary>Without a new string for each of the frequent ones.</summary>
    private static string MessageName(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("AUDIO_META"u8) ? "AUDIO_META"
        : reader.ValueTextEquals("RESPONSE"u8) ? "RESPONSE"
        : reader.ValueTextEquals("AVATAR_TRACK"u8) ? "AVATAR_TRACK"
        : reader.GetString() ?? "";

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    private static double? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : null;
    }
}
