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
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        Self { median, runs: times.len() }
    }

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
    Spent::of(times)
}

/// The CPU time of each of several runs that take turns, so that what slows the machine down for a
/// while slows all of them: the medians of rounds that together take about `budget`, at least three.
pub fn in_turns<const N: usize>(budget: Duration, mut runs: [&mut dyn FnMut(); N]) -> [Spent; N] {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::new());
    // The first round warms what the others find warm.
    for run in &mut runs {
        run();
    }
    let (mut rounds, mut sum) = (0, Duration::ZERO);
    while rounds < 3 || sum < budget {
        for (run, times) in runs.iter_mut().zip(&mut times) {
            let start = ProcessTime::now();
            run();
            let elapsed = start.elapsed();
            sum += elapsed;
            times.push(elapsed);
        }
        rounds += 1;
    }
    times.map(Spent::of)
}
