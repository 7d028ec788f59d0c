//! How long the program does nothing else for a key: the one loop takes a key, changes the state and
//! draws, and whatever takes longer than that may must be a job on another thread. Each row is a walk
//! of keys over an open vault on the robot's state; told is the slowest turn of the loop in it (a key
//! or the end of a job, with its frame). CPU of this thread, so other work on the machine is not in it.

use std::collections::VecDeque;

use mamori::text::Lang;
use mamori::tui::effect::{self, Effect};
use mamori::tui::event::Event;
use mamori::tui::key::Chord;
use mamori::tui::update::update;
use mamori::tui::view::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rustix::time::{ClockId, clock_gettime};

use crate::screen::robot::Robot;
use crate::support::measure::{Budget, Runs, Table, Unit};
use crate::support::vault;

/// What a row does: keys to come there, which are not told, then those that are.
const WALKS: &[(&str, &str, &str)] = &[
    ("move", "", "j j k G g g pgdn ctrl+d"),
    ("search, letter by letter, and back", "", "/ m i z u h o backspace backspace e s esc"),
    ("mark all, move with all marked", "", "a j k space j"),
    ("copy", "", "p u t"),
    ("one favourite, archived, deleted, undone", "", "* z d z Z z"),
    ("sort orders", "", "S down enter S down enter S down down enter S left esc"),
    ("favourite of all, undone, redone", "a", "* z Z"),
    ("archive all, undone", "a", ": a r c h i v e enter z"),
    ("all to the trash, undone, redone", "a", "d down enter z Z"),
    ("folder of all, undone", "a", "m n e w enter z"),
    ("tags of all, undone", "a", "# n e w enter enter z"),
    ("trash with all in it, restored, undone", "a d down enter", "g b j G a enter z"),
    ("trash with all in it, deleted for ever", "a d down enter", "g b a D COUNT enter enter"),
    ("codes", "", "g t j G pgup / m i esc esc"),
    ("history", "", "H j esc"),
    ("form of a new entry", "", "n enter a b c tab ctrl+s"),
    ("form of an entry", "", "e x ctrl+s z"),
    ("change of a password", "", "c enter esc"),
    ("pages", "", "g s esc g a esc ? esc : esc g m esc r esc"),
    ("export of all, as far as its path", "", ": e x p o r t enter down down esc"),
    ("lock and unlock", "", "L b e n c h enter"),
    ("lock with all marked and one step of undo", "a * a", "L"),
];

pub fn measure(table: &mut Table) {
    for count in [10_000, 100_000] {
        let bytes = vault::sealed(&mut vault::make(count), vault::START);
        for (what, before, keys) in WALKS {
            let mut walk = Walk::open(bytes.clone());
            walk.keys(before);
            walk.slowest = (0.0, String::new());
            walk.keys(keys);
            let (seconds, key) = walk.slowest;
            let what = format!("slowest turn of the loop, {count}: {what} (at {key})");
            table.row(&what, Unit::Seconds, &Runs(vec![seconds]), None, Budget::Figure(0.050));
        }
    }
}

struct Walk {
    robot: Robot,
    screen: Buffer,
    slowest: (f64, String),
}

fn thread_cpu() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

impl Walk {
    fn open(bytes: Vec<u8>) -> Walk {
        let mut robot = Robot::start(Some(bytes), Lang::En, 80, 24);
        robot.types(vault::PASSWORD).keys("enter");
        assert!(robot.app.open().is_some(), "the vault is open");
        let screen = Buffer::empty(Rect::new(0, 0, 80, 24));
        Walk { robot, screen, slowest: (0.0, String::new()) }
    }

    fn keys(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            if key == "COUNT" {
                let marked = self.robot.app.open().and_then(|open| open.pages.last()).map(|_| ());
                assert!(marked.is_some(), "the question is asked");
                let count = self.trashed().to_string();
                count
                    .chars()
                    .for_each(|digit| self.turn(Event::Key(Chord::parse(&digit.to_string()).unwrap()), key));
                continue;
            }
            self.turn(Event::Key(Chord::parse(key).unwrap()), key);
        }
    }

    fn trashed(&self) -> usize {
        let state = mamori::model::State::Trashed;
        let open = self.robot.app.open().unwrap();
        open.contents.session().vault().entries().filter(|entry| entry.state() == state).count()
    }

    /// One turn of the loop, and those that the ends of its jobs cause.
    fn turn(&mut self, event: Event, key: &str) {
        let mut events = VecDeque::from([(event, key.to_owned())]);
        while let Some((event, name)) = events.pop_front() {
            let begun = thread_cpu();
            let effects = update(&mut self.robot.app, self.robot.now, event);
            let (jobs, own): (Vec<Effect>, Vec<Effect>) = effects.into_iter().partition(effect::is_job);
            // - a copy is another thread's; drafts are kept in the loop itself
            own.into_iter().for_each(|effect| drop(effect::work(effect, &self.robot.world)));
            self.screen.reset();
            view(&self.robot.app, &mut self.screen);
            let took = thread_cpu() - begun;
            if took > self.slowest.0 {
                self.slowest = (took, name.clone());
            }
            for job in jobs {
                let told = effect::work(job, &self.robot.world);
                events.extend(
                    told.map(|(job, outcome)| (Event::Done(job, outcome), format!("the end of {name}"))),
                );
            }
        }
    }
}
