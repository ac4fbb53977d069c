// Telemetry · logs · sees nothing
import Synchronization

/// The numbers of a process, as Prometheus reads them.
package final class Metrics: Sendable {
    private struct State {
        var families: [String: any MetricFamily] = [:]
        var looks: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Counts what happens. The name ends in `_total`; asking twice for a name answers the same counter.
    package func counter(_ name: String, _ help: String, labels: [String] = []) -> Counter {
        Counter(family(name) { Series(name, help, kind: "counter", labels: labels) })
    }

    /// What goes up and down.
    package func gauge(_ name: String, _ help: String, labels: [String] = []) -> Gauge {
        Gauge(family(name) { Series(name, help, kind: "gauge", labels: labels) })
    }

    /// How many were how large. Bounds grow; seconds and milliseconds have their own usual ones.
    package func histogram(
        _ name: String, _ help: String, labels: [String] = [], bounds: [Double] = Histogram.seconds
    ) -> Histogram {
        Histogram(family(name) { Buckets(name, help, labels: labels, bounds: bounds) })
    }

    /// Called before each reading, to set gauges that nobody keeps up to date.
    package func beforeReading(_ look: @escaping @Sendable () -> Void) { state.withLock { $0.looks.append(look) } }

    /// The text format 0.0.4, families and series in the order of their names.
    package func text() -> String {
        for look in state.withLock(\.looks) { look() }
        let families = state.withLock { $0.families.sorted { $0.key < $1.key }.map(\.value) }
        var text = ""
        for family in families { family.write(to: &text) }
        return text
    }

    private func family<Family: MetricFamily>(_ name: String, make: () -> Family) -> Family {
        state.withLock { state in
            if let known = state.families[name] {
                guard let family = known as? Family else {
                    preconditionFailure("the metric \(name) is asked for as two kinds")
                }
                return family
            }
            let family = make()
            state.families[name] = family
            return family
        }
    }
}

package struct Counter: Sendable {
    private let series: Series
    init(_ series: Series) { self.series = series }

    /// Amounts below nothing are left out: a counter never falls.
    package func add(_ amount: Double = 1, _ labels: String...) { if amount > 0 { series.add(amount, labels) } }
    package func value(_ labels: String...) -> Double { series.value(labels) }
}

package struct Gauge: Sendable {
    private let series: Series
    init(_ series: Series) { self.series = series }

    package func set(_ value: Double, _ labels: String...) { series.set(value, labels) }
    package func add(_ amount: Double, _ labels: String...) { series.add(amount, labels) }
    package func value(_ labels: String...) -> Double { series.value(labels) }
    /// Takes a series away whose thing is gone.
    package func forget(_ labels: String...) { series.forget(labels) }
}

package struct Histogram: Sendable {
    package static let seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
    package static let milliseconds = [
        5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000.0,
    ]

    private let buckets: Buckets
    init(_ buckets: Buckets) { self.buckets = buckets }

    package func observe(_ value: Double, _ labels: String...) { buckets.observe(value, labels) }
    package func observe(_ duration: Duration, _ labels: String...) {
        let (seconds, rest) = duration.components
        buckets.observe(Double(seconds) + Double(rest) / 1e18, labels)
    }
    package func count(_ labels: String...) -> Int { buckets.count(labels) }
}
