using GroupTicketing.Directory;

namespace GroupTicketing.Intake.Adapters;

/// <summary>The schools, the way in, and what reads their tools.</summary>
sealed record SchoolReads(SchoolDoors Doors, Doorway Doorway, IEnumerable<ISchoolReader> Readers, GestureFields Gestures)
{
    public ISchoolReader ReaderOf(School school) => Readers.First(reader => reader.Dialect == school.Tool);
}
