//! Health through its public face: which pairs of passwords are called similar (a labelled list,
//! with precision and recall), what the findings of a vault are, and that an update after an edit
//! gives what a whole run gives.

#[path = "health/findings.rs"]
mod findings;
#[path = "health/fixture.rs"]
mod fixture;
#[path = "health/pairs.rs"]
mod pairs;
