//! CPU time, repeated.

use std::time::Duration;

use cpu_time::ProcessTime;

/// What one run of something costs.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
pub struct Spent {
    /// The median of the runs.
    pub median: Duration,
    /// How many runs there were.
    pub runs: usize,
}

impl Spent {
    /// How many times the other this is.
    pub fn over(self, other: Self) -> f64 {
        self.median.as_secs_f64() / other.median.as_secs_f64()
    }
}

/// The CPU time of `run` on what `prepare` makes, which is not counted: the median of runs that
/// together take about `budget`, at least three. What a run returns is dropped uncounted.
pub fn cpu_time<I, O>(
    budget: Duration,
    mut prepare: impl FnMut() -> I,
    mut run: impl FnMut(I) -> O,
) -> Spent {
    let mut times = Vec::new();
    let mut sum = Duration::ZERO;
    // The first run warms what the others find warm.
    drop(run(prepare()));
    while times.len() < 3 || sum < budget {
        let input = prepare();
        let start = ProcessTime::now();
        let output = std::hint::black_box(run(input));
        let elapsed = start.elapsed();
        drop(output);
        sum += elapsed;
        times.push(elapsed);
    }
    times.sort_unstable();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    Spent { median, runs: times.len() }
}
