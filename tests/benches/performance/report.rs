//! The report: figures next to their baselines, and plots of how cost grows.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

use plotters::prelude::*;
use tests::measure::Sample;

/// A measurement next to its baseline.
pub(crate) struct Figure {
    pub(crate) what: String,
    pub(crate) ours: Sample,
    pub(crate) baseline: Baseline,
    pub(crate) unit: Unit,
    /// The ratio of ours to the baseline: at most this, or at least this for a rate.
    pub(crate) goal: Option<f64>,
}

/// What ours is compared with.
pub(crate) enum Baseline {
    /// Measured in the same run.
    Measured(&'static str, Sample),
    /// Measured on another day, because it takes too long or needs a program that is not here.
    Earlier(&'static str, f64),
    /// Not installed here.
    Missing(&'static str),
    /// Nothing.
    None,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Seconds,
    PerSecond,
    Bytes,
    Count,
}

impl Figure {
    /// A measurement without a baseline.
    pub(crate) fn new(what: impl Into<String>, unit: Unit, ours: Sample) -> Self {
        Self { what: what.into(), ours, baseline: Baseline::None, unit, goal: None }
    }

    pub(crate) fn against(self, baseline: Baseline, goal: f64) -> Self {
        Self { baseline, goal: Some(goal), ..self }
    }

    fn ratio(&self) -> Option<f64> {
        match &self.baseline {
            Baseline::Measured(_, baseline) => Some(self.ours.median() / baseline.median()),
            Baseline::Earlier(_, baseline) => Some(self.ours.median() / baseline),
            Baseline::Missing(_) | Baseline::None => None,
        }
    }

    fn row(&self) -> String {
        let ours = self.unit.show(&self.ours);
        let baseline = match &self.baseline {
            Baseline::Measured(name, sample) => format!("{}, {name}", self.unit.show(sample)),
            Baseline::Earlier(name, value) => format!("{}, {name}, measured earlier", self.unit.value(*value)),
            Baseline::Missing(name) => format!("not installed: {name}"),
            Baseline::None => "–".to_owned(),
        };
        let ratio = self.ratio().map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
        let sign = if self.unit == Unit::PerSecond { "≥" } else { "≤" };
        let goal = self.goal.map_or("–".to_owned(), |goal| format!("{sign} {goal}"));
        format!("| {} | {ours} | {baseline} | {ratio} | {goal} |", self.what)
    }
}

impl Unit {
    /// The median, and the quartiles if they differ visibly.
    fn show(self, sample: &Sample) -> String {
        let (low, high) = sample.quartiles();
        let [median, low, high] = [sample.median(), low, high].map(|value| self.value(value));
        if low == high { median } else { format!("{median} ({low} … {high})") }
    }

    fn value(self, value: f64) -> String {
        match self {
            Self::Seconds if value < 1e-3 => format!("{:.1} µs", value * 1e6),
            Self::Seconds if value < 1.0 => format!("{:.1} ms", value * 1e3),
            Self::Seconds => format!("{value:.1} s"),
            Self::PerSecond => format!("{value:.0}/s"),
            Self::Bytes => format!("{:.1} MB", value / 1e6),
            Self::Count => format!("{value:.1}"),
        }
    }
}

/// How cost grows with the work.
pub(crate) struct Curve {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) x: &'static str,
    pub(crate) y: &'static str,
    pub(crate) points: Vec<(f64, f64)>,
}

impl Curve {
    /// The cost of the last point compared with the straight line through the first points: the first and the third, if there is one.
    fn excess(&self) -> f64 {
        let [(x1, y1), (x2, y2), (x, y)] =
            [0, self.points.len().min(3) - 1, self.points.len() - 1].map(|at| self.points[at]);
        let slope = if self.points.len() > 1 { (y2 - y1) / (x2 - x1) } else { 0.0 };
        y / (y1 + slope * (x - x1))
    }

    fn draw(&self, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
        let root = SVGBackend::new(path, (640, 360)).into_drawing_area();
        root.fill(&WHITE)?;
        let range = |of: fn(&(f64, f64)) -> f64| {
            let values = self.points.iter().map(of);
            values.clone().fold(f64::MAX, f64::min)..values.fold(0.0, f64::max)
        };
        let mut chart = ChartBuilder::on(&root)
            .caption(self.title, ("sans-serif", 18))
            .margin(12)
            .x_label_area_size(40)
            .y_label_area_size(64)
            .build_cartesian_2d(range(|point| point.0).log_scale(), range(|point| point.1).log_scale())?;
        chart.configure_mesh().x_desc(self.x).y_desc(self.y).draw()?;
        chart.draw_series(LineSeries::new(self.points.iter().copied(), &BLUE))?;
        chart.draw_series(self.points.iter().map(|point| Circle::new(*point, 3, BLUE.filled())))?;
        Ok(root.present()?)
    }
}

/// All that was measured.
#[derive(Default)]
pub(crate) struct Report {
    figures: Vec<Figure>,
    curves: Vec<Curve>,
}

impl Report {
    pub(crate) fn figure(&mut self, figure: Figure) {
        println!("{}", figure.row());
        self.figures.push(figure);
    }

    pub(crate) fn curve(&mut self, curve: Curve) {
        println!("{}: {:.2} of a straight line", curve.title, curve.excess());
        self.curves.push(curve);
    }

    /// Writes `performance.md` and the plots into a folder.
    pub(crate) fn write(&self, folder: &Path, conditions: &str) -> io::Result<()> {
        let mut text = format!("{INTRODUCTION}\n{conditions}\n");
        text += "| what | ours | baseline | ratio | goal |\n|---|---|---|---|---|\n";
        for figure in &self.figures {
            text += &(figure.row() + "\n");
        }
        text += GROWTH;
        let plots = folder.join("performance");
        fs::create_dir_all(&plots)?;
        for curve in &self.curves {
            let file = format!("{}.svg", curve.name);
            curve.draw(&plots.join(&file)).map_err(|error| io::Error::other(error.to_string()))?;
            let (last, _) = curve.points[curve.points.len() - 1];
            let _ = write!(
                text,
                "\n## {} by {}\n\nAt {last}: {:.2} of the straight line.\n\n![{}](performance/{file})\n",
                curve.title,
                curve.x,
                curve.excess(),
                curve.title
            );
        }
        fs::write(folder.join("performance.md"), text)
    }
}

const INTRODUCTION: &str = "# Performance

What `cargo bench --package tests --bench performance` measured and wrote here. Each figure is the median of several rounds, with the
quartiles in parentheses; each baseline was measured in the same run. A ratio is that of ours to the baseline.
";

const GROWTH: &str = "
# How cost grows

Both axes are logarithmic. The straight line goes through the first and the third point; a figure below 1 means that the cost grows more
slowly than the work.
";
