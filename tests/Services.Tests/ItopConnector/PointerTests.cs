using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>Only iTop's own sentence is a pointer: an agent may name another request in a solution.</summary>
public class PointerTests
{
    [Theory]
    [InlineData("Résolu via [[UserRequest:21|R-000025]]", "21")]
    [InlineData(" Resolved via [[UserRequest:21|R-000025]] ", "21")]
    [InlineData("Redémarrez le poste, comme dans [[UserRequest:12|R-000012]].", null)]
    [InlineData("Résolu via [[UserRequest:21|R-000025]] et un redémarrage.", null)]
    [InlineData("Voir [[UserRequest:12|R-000012]]", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void It_is_the_whole_sentence(string? solution, string? parent) => Pointer.In(solution).ShouldBe(parent);
}
