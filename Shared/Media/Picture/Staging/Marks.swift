// Picture · pure · sees Contracts, Policies
import Contracts

/// Where people stand when nobody says: x in 0 … 1 of the frame, and how far back.
struct Mark: Hashable, Sendable {
    var x: Double
    var depth: Double
}

enum Marks {
    /// Places for a number of people, left to right.
    static func places(_ count: Int, isClose: Bool) -> [Mark] {
        switch count {
        case 0: []
        case 1: [Mark(x: 0.40, depth: 0)]
        case 2:
            isClose
                ? [Mark(x: 0.462, depth: 0), Mark(x: 0.535, depth: 0)]
                : [Mark(x: 0.41, depth: 0), Mark(x: 0.59, depth: 0)]
        case 3: [Mark(x: 0.34, depth: 0), Mark(x: 0.50, depth: 0.15), Mark(x: 0.66, depth: 0)]
        case 4:
            [Mark(x: 0.30, depth: 0), Mark(x: 0.43, depth: 0.2), Mark(x: 0.57, depth: 0.2), Mark(x: 0.70, depth: 0)]
        default:
            (0..<count).map { index in
                let share = Double(index) / Double(max(1, count - 1))
                return Mark(x: 0.22 + 0.56 * share, depth: index.isMultiple(of: 2) ? 0.05 : 0.28)
            }
        }
    }

    /// Moves people apart until their faces are clear of each other, and keeps them in the frame.
    static func spread(_ wanted: [Double], gaps: [Double], low: Double, high: Double) -> [Double] {
        guard wanted.count > 1 else { return wanted.map { clamp($0, low, high) } }
        let order = wanted.indices.sorted { wanted[$0] == wanted[$1] ? $0 < $1 : wanted[$0] < wanted[$1] }
        var sorted = order.map { wanted[$0] }
        for index in 1..<sorted.count {
            let need = (gaps[order[index - 1]] + gaps[order[index]]) / 2
            let lack = need - (sorted[index] - sorted[index - 1])
            guard lack > 0 else { continue }
            // Half to each side; everybody further left or right goes along.
            for left in 0..<index { sorted[left] -= lack / 2 }
            for right in index..<sorted.count { sorted[right] += lack / 2 }
        }
        fit(&sorted, low, high)
        var made = wanted
        for (place, index) in order.enumerated() { made[index] = sorted[place] }
        return made
    }

    private static func fit(_ sorted: inout [Double], _ low: Double, _ high: Double) {
        let first = sorted[0]
        let last = sorted[sorted.count - 1]
        if last - first > high - low {
            let scale = (high - low) / (last - first)
            for index in sorted.indices { sorted[index] = low + (sorted[index] - first) * scale }
            return
        }
        let shift = first < low ? low - first : (last > high ? high - last : 0)
        for index in sorted.indices { sorted[index] += shift }
    }
}
