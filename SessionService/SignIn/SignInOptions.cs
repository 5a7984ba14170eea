using System.ComponentModel.DataAnnotations;

namespace Museum.SessionService.SignIn;

/// <summary>Section <c>SignIn</c>: how many wrong passwords are let pass within the window.</summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIn";

    [Range(1, 1000, ErrorMessage = "SignIn:AttemptsPerAccount must be between 1 and 1000.")]
    public int AttemptsPerAccount { get; set; } = 5;

    [Range(1, 10_000, ErrorMessage = "SignIn:AttemptsPerAddress must be between 1 and 10000.")]
    public int AttemptsPerAddress { get; set; } = 20;

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "SignIn:Window must be between a second and a day.")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);
}
