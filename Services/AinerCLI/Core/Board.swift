// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// What an onlooker of a run can notice.
package enum Sight: Equatable, Sendable {
    case planned(shots: Int, lines: Int, seenLines: Int)
    case started(JobType, unit: String?)
    case progressed(JobType, unit: String?, Double)
    case finished(JobType, unit: String?)
    case retried(JobType, unit: String?, attempt: Int, FailureReport)
    case succeeded
    case failed(JobType?, unit: String?, FailureReport)
}

/// The work of a run in the five lines a person wants to see.
package struct Board: Equatable, Sendable {
    package enum Row: String, CaseIterable, Sendable {
        case story
        case voices
        case lips
        case pictures
        case film
    }

    package struct Tally: Equatable, Sendable {
        package var expected: Int?
        package var done: Int
        /// Progress of what is under way, by job and unit.
        package var underway: [String: Double]

        package var fraction: Double {
            guard let expected, expected > 0 else { return 0 }
            return min(1, (Double(done) + underway.values.reduce(0, +)) / Double(expected))
        }

        package var isDone: Bool { expected.map { done >= $0 } ?? false }
    }

    package private(set) var tallies: [Row: Tally] = [:]
    package private(set) var notices: [String] = []
    package private(set) var isOver = false
    /// What the run failed at.
    package private(set) var place: String?

    /// `story` counts the seven jobs that think.
    package init() {
        for row in Row.allCases { tallies[row] = Tally(expected: nil, done: 0, underway: [:]) }
        tallies[.story]?.expected = 7
        tallies[.film]?.expected = 1
    }

    package mutating func fold(_ sight: Sight) {
        switch sight {
        case .planned(let shots, let lines, let seenLines):
            tallies[.voices]?.expected = lines
            tallies[.lips]?.expected = seenLines
            tallies[.pictures]?.expected = shots
        case .started(let type, let unit):
            tallies[Row(type)]?.underway[Self.key(type, unit)] = 0
        case .progressed(let type, let unit, let fraction):
            tallies[Row(type)]?.underway[Self.key(type, unit)] = fraction
        case .finished(let type, let unit):
            tallies[Row(type)]?.underway[Self.key(type, unit)] = nil
            tallies[Row(type)]?.done += 1
        case .retried(let type, let unit, let attempt, let failure):
            tallies[Row(type)]?.underway[Self.key(type, unit)] = nil
            notices.append("\(name(type, unit)) is tried again (attempt \(attempt)): \(failure.message)")
        case .succeeded:
            isOver = true
        case .failed(let type, let unit, _):
            isOver = true
            place = type.map { name($0, unit) }
        }
    }

    private static func key(_ type: JobType, _ unit: String?) -> String { type.rawValue + "/" + (unit ?? "") }

    package func name(_ type: JobType, _ unit: String?) -> String {
        unit.map { "\(type.rawValue) \($0)" } ?? type.rawValue
    }
}

extension Board.Row {
    init(_ type: JobType) {
        switch type {
        case .synthAudio: self = .voices
        case .renderLipsync: self = .lips
        case .renderVideo: self = .pictures
        case .composeFinal: self = .film
        default: self = .story
        }
    }
}
