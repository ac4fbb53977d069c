// Telemetry · logs · sees nothing
import Synchronization

/// One name with all its series.
protocol MetricFamily: Sendable {
    func write(to text: inout String)
}

/// So many series a family holds at most. What comes beyond is counted together, with every label `other`: a label that
/// takes what strangers send must not eat the memory.
private let mostSeries = 1000

/// Numbers by their labels.
final class Series: MetricFamily {
    private let name: String
    private let help: String
    private let kind: String
    private let labels: [String]
    private let values = Mutex<[[String]: Double]>([:])

    init(_ name: String, _ help: String, kind: String, labels: [String]) {
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
        // A family without labels has its one series from the beginning: nothing happened yet is something to read.
        if labels.isEmpty { values.withLock { $0[[]] = 0 } }
    }

    func add(_ amount: Double, _ given: [String]) {
        values.withLock { $0[Label.key(given, in: $0, of: labels), default: 0] += amount }
    }
    func set(_ value: Double, _ given: [String]) {
        values.withLock { $0[Label.key(given, in: $0, of: labels)] = value }
    }
    func value(_ given: [String]) -> Double { values.withLock { $0[given] ?? 0 } }
    func forget(_ given: [String]) { values.withLock { $0[given] = nil } }

    func write(to text: inout String) {
        Label.head(name, help, kind, to: &text)
        for (given, value) in values.withLock({ $0 }).sorted(by: { Label.precedes($0.key, $1.key) }) {
            Label.line(name, labels, given, value, to: &text)
        }
    }
}

/// Counts by size, by their labels.
final class Buckets: MetricFamily {
    private struct Sizes {
        var counts: [Int]
        var sum = 0.0
        var all = 0
    }

    private let name: String
    private let help: String
    private let labels: [String]
    private let bounds: [Double]
    private let sizes = Mutex<[[String]: Sizes]>([:])

    init(_ name: String, _ help: String, labels: [String], bounds: [Double]) {
        self.name = name
        self.help = help
        self.labels = labels
        self.bounds = bounds.sorted()
        if labels.isEmpty { sizes.withLock { $0[[]] = Sizes(counts: bounds.map { _ in 0 }) } }
    }

    /// What is no number is left out.
    func observe(_ value: Double, _ given: [String]) {
        guard !value.isNaN else { return }
        sizes.withLock { sizes in
            let key = Label.key(given, in: sizes, of: labels)
            var mine = sizes[key] ?? Sizes(counts: bounds.map { _ in 0 })
            if let place = bounds.firstIndex(where: { value <= $0 }) { mine.counts[place] += 1 }
            mine.sum += value
            mine.all += 1
            sizes[key] = mine
        }
    }

    func count(_ given: [String]) -> Int { sizes.withLock { $0[given]?.all ?? 0 } }

    func write(to text: inout String) {
        Label.head(name, help, "histogram", to: &text)
        for (given, mine) in sizes.withLock({ $0 }).sorted(by: { Label.precedes($0.key, $1.key) }) {
            var below = 0
            for (bound, count) in zip(bounds, mine.counts) {
                below += count
                Label.line(name + "_bucket", labels + ["le"], given + [Label.number(bound)], Double(below), to: &text)
            }
            Label.line(name + "_bucket", labels + ["le"], given + ["+Inf"], Double(mine.all), to: &text)
            Label.line(name + "_sum", labels, given, mine.sum, to: &text)
            Label.line(name + "_count", labels, given, Double(mine.all), to: &text)
        }
    }
}

/// How Prometheus spells it.
private enum Label {
    static func key<Value>(_ given: [String], in known: [[String]: Value], of labels: [String]) -> [String] {
        // A missing label is written empty and one too many left out: a wrong number beats a lost process.
        let key =
            given.count == labels.count ? given : (0..<labels.count).map { given.indices.contains($0) ? given[$0] : "" }
        return known[key] != nil || known.count < mostSeries ? key : labels.map { _ in "other" }
    }

    static func precedes(_ left: [String], _ right: [String]) -> Bool { left.lexicographicallyPrecedes(right) }

    static func head(_ name: String, _ help: String, _ kind: String, to text: inout String) {
        text += "# HELP \(name) \(escaped(help, quotes: false))\n# TYPE \(name) \(kind)\n"
    }

    static func line(_ name: String, _ labels: [String], _ given: [String], _ value: Double, to text: inout String) {
        text += name
        if !labels.isEmpty {
            text +=
                "{" + zip(labels, given).map { "\($0)=\"\(escaped($1, quotes: true))\"" }.joined(separator: ",") + "}"
        }
        text += " \(number(value))\n"
    }

    static func number(_ value: Double) -> String {
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value.isNaN { return "NaN" }
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        guard text.utf8.contains(where: { [0x5C, 0x0A, 0x22].contains($0) }) else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
