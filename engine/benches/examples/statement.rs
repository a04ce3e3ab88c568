//! Plans and writes one of the compared statements over and over, for a profiler:
//! `statement "joined 3" 100000`.

#![expect(clippy::unwrap_used, reason = "stops where its model is broken")]

use joinwright::base::Dialect;
use joinwright::plan::Planner;
use joinwright::render::{Renderer, Style};
use joinwright_benches::library;

fn main() {
    let words: Vec<_> = std::env::args().collect();
    let name = words.get(1).map_or("lazy", String::as_str);
    let times: u64 = words.get(2).and_then(|word| word.parse().ok()).unwrap_or(1_000);
    let case = library::ALL.into_iter().find(|case| case.name == name).unwrap();
    let model = library::model();
    let request = case.request(&model).unwrap();
    let style = Style { dialect: Dialect::Postgres, ..Style::default() };
    let mut planner = Planner::new(model.mapping(), model.resolution());
    let mut renderer = Renderer::new(model.mapping(), style);
    let mut text = String::new();
    for _ in 0..times {
        text.clear();
        renderer.write(planner.plan(&request).unwrap(), &mut text);
    }
    println!("{text}");
}
