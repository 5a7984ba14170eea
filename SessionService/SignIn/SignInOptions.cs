using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.SessionService.SignIn;

/// <summary>How many wrong passwords are let pass within the window.</summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIn";

    [Setting("Wrong passwords of one account that are let pass within the window.", Live = true)]
    [Range(1, 1000)]
    public int AttemptsPerAccount { get; set; } = 5;

    [Setting("Wrong passwords from one address that are let pass within the window.", Live = true)]
    [Range(1, 10_000)]
    public int AttemptsPerAddress { get; set; } = 20;

    [Setting("How long a wrong password counts.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);
}
