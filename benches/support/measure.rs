//! Measuring: several runs of each side, in turn, so that a machine whose speed drifts does so for
//! both; the least and the middle of each are told, and the middle of the ratios of neighbours.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// Figures of several runs.
#[derive(Debug, Clone)]
pub struct Runs(pub Vec<f64>);

impl Runs {
    pub fn least(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    pub fn middle(&self) -> f64 {
        quantile(&self.0, 0.5)
    }

    /// Ratios of runs that stood side by side.
    pub fn over(&self, other: &Runs) -> Runs {
        Runs(self.0.iter().zip(&other.0).map(|(one, next)| one / next).collect())
    }

    /// Differences of runs that stood side by side.
    pub fn less(&self, other: &Runs) -> Runs {
        Runs(self.0.iter().zip(&other.0).map(|(one, next)| (one - next).max(0.0)).collect())
    }
}

/// The value that this share of `all` does not pass.
pub fn quantile(all: &[f64], share: f64) -> f64 {
    let mut sorted = all.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (share * (sorted.len() - 1) as f64).round() as usize;
    sorted[at]
}

/// Runs all of `works` in turn, `runs` times after one warm-up; each gives its own figures.
pub fn in_turn<const N: usize, const M: usize>(
    runs: usize,
    mut works: [&mut dyn FnMut() -> [f64; M]; N],
) -> [[Runs; M]; N] {
    let mut all: [[Runs; M]; N] = std::array::from_fn(|_| std::array::from_fn(|_| Runs(Vec::new())));
    for run in 0..=runs {
        for (work, figures) in works.iter_mut().zip(&mut all) {
            let got = work();
            if run > 0 {
                figures.iter_mut().zip(got).for_each(|(runs, figure)| runs.0.push(figure));
            }
        }
    }
    all
}

/// CPU seconds of this process so far, all threads.
pub fn cpu() -> f64 {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec as u64, now.tv_nsec as u32).as_secs_f64()
}

/// CPU seconds that `work` takes; what it gives is dropped outside of the measurement.
pub fn cpu_of<T>(work: impl FnOnce() -> T) -> f64 {
    let before = cpu();
    let kept = std::hint::black_box(work());
    let took = cpu() - before;
    drop(kept);
    took
}

/// Wall seconds that `work` takes; what it gives is dropped outside of the measurement.
pub fn wall_of<T>(work: impl FnOnce() -> T) -> f64 {
    let before = Instant::now();
    let kept = std::hint::black_box(work());
    let took = before.elapsed().as_secs_f64();
    drop(kept);
    took
}

/// What a figure is of.
#[derive(Debug, Clone, Copy)]
pub enum Unit {
    Seconds,
    Bytes,
    /// A number of bytes, told as it is.
    Count,
}

impl Unit {
    fn show(self, figure: f64) -> String {
        match self {
            Unit::Count => format!("{figure:.0}"),
            Unit::Bytes => format!("{:.1} MiB", figure / 1_048_576.0),
            Unit::Seconds if figure < 1e-3 => format!("{:.2} us", figure * 1e6),
            Unit::Seconds if figure < 1.0 => format!("{:.2} ms", figure * 1e3),
            Unit::Seconds => format!("{figure:.2} s"),
        }
    }
}

/// What a row must not pass.
#[derive(Debug, Clone, Copy)]
pub enum Budget {
    /// The middle ratio to the baseline.
    Ratio(f64),
    /// The middle figure.
    Figure(f64),
    /// Nothing: the row is told for what it is.
    None,
}

/// The table of one run.
#[derive(Debug, Default)]
pub struct Table {
    missed: Vec<String>,
}

impl Table {
    pub fn new() -> Table {
        println!(
            "| what | least | median | baseline median | ratio | budget | |\n|---|---|---|---|---|---|---|"
        );
        Table::default()
    }

    /// Prints a row: `mine` against the baseline `other`, if there is one.
    pub fn row(&mut self, what: &str, unit: Unit, mine: &Runs, other: Option<(&str, &Runs)>, budget: Budget) {
        let ratio = other.map(|(_, other)| mine.over(other).middle());
        let (wanted, met) = match budget {
            Budget::Ratio(most) => (format!("<= {most:.3} x"), ratio.map(|ratio| ratio <= most)),
            Budget::Figure(most) => (format!("<= {}", unit.show(most)), Some(mine.middle() <= most)),
            Budget::None => (String::new(), None),
        };
        let verdict = met.map_or("", |met| if met { "met" } else { "MISSED" });
        let baseline =
            other.map_or(String::new(), |(name, runs)| format!("{name} {}", unit.show(runs.middle())));
        let ratio = ratio.map_or(String::new(), |ratio| format!("{ratio:.3}"));
        let (least, middle) = (unit.show(mine.least()), unit.show(mine.middle()));
        println!("| {what} | {least} | {middle} | {baseline} | {ratio} | {wanted} | {verdict} |");
        if met == Some(false) {
            self.missed.push(what.to_owned());
        }
    }

    /// Says what was not measured, and why.
    pub fn without(&self, what: &str, why: &str) {
        println!("| {what} | | | not measured: {why} | | | |");
    }

    pub fn end(self) {
        match self.missed.as_slice() {
            [] => println!("\nno budget was missed"),
            missed => println!("\nmissed: {}", missed.join(" · ")),
        }
    }
}
