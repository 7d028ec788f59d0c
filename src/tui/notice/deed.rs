//! What was done to the vault, in a word. Not what is told of it ([`super::Notice`]).

/// What was done to entries, in a word: for the notice, and for what undo says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// They were made.
    Added,
    /// They came from another program: some were made, some edited.
    Imported,
    /// Several fields of them were changed.
    Edited,
    /// They lie in another folder.
    Moved,
    /// They have other tags.
    Tagged,
    /// They are favourites.
    Favourite,
    /// They are none any more.
    NoFavourite,
    /// They are archived.
    Archived,
    /// They are no longer archived.
    Unarchived,
    /// They are in the trash.
    Trashed,
    /// They are out of the trash.
    Restored,
    /// A folder was made.
    FolderMade,
    /// A folder has another name.
    FolderRenamed,
    /// Folders lie in another one.
    FolderMoved,
    /// Folders became one with another.
    FoldersMerged,
    /// Folders are gone; what lay in them lies around them.
    FolderRemoved,
    /// A tag has another name.
    TagRenamed,
    /// Tags became one with another.
    TagsMerged,
    /// Tags were taken from all entries.
    TagRemoved,
    /// A search was kept under a name.
    SearchKept,
    /// A kept search was taken away.
    SearchForgotten,
    /// Of entries of one account one was made.
    MadeOne,
    /// A finding is left alone.
    LeftAlone,
    /// It is a finding again.
    Attended,
    /// New passwords lie beside the old ones.
    Staged,
    /// They are current.
    Confirmed,
    /// They are dropped.
    Discarded,
    /// They have another mail address.
    Readdressed,
    /// Links were set.
    Linked,
    /// Proposed links were refused.
    LinksRefused,
    /// Settings of the vault.
    Settings,
    /// A plan for a taken-over account was opened, closed or changed.
    Incident,
    /// A step of such a plan was done, closed, left out or taken up again.
    Step,
    /// Another copy was joined.
    Merged,
}
