//! Every screen test once more, with ten thousand entries beside those of the scene
//! (`tests/robot/thousands.rs`): what a test says of keys, effects, screens and the disk holds there,
//! too. Pictures are not compared as a whole; of each, every row that a screen reader hears of the
//! scene's own entries is still there and in its order, and what has the focus has it.

#[path = "keys.rs"]
mod keys;
use keys::{MASTER, SIZES, robot, snapshot};
