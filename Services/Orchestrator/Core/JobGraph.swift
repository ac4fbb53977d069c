// OrchestratorCore · pure · sees Contracts, Policies
package import Contracts
import Policies

/// Turns pipeline steps into jobs: one for the film, one a line or one a shot, each after exactly what it needs.
package enum JobGraph {
    /// Job names come from a moment and chance given from outside, so a decision repeats to the letter.
    package struct Names: Sendable {
        private let milliseconds: UInt64
        private var dice: Dice
        private var drawn: UInt64
        private let salt: UInt64

        /// `known` is how many names the run has: the next ones follow them, even within one millisecond.
        package init(at moment: Timestamp, chance: UInt64, after known: Int = 0) {
            drawn = UInt64(known)
            milliseconds = UInt64(max(0, moment.microseconds / 1000))
            dice = Dice(chance)
            salt = Seed.mix(chance)
        }

        /// Names drawn in order also sort in order.
        mutating func next() -> JobID {
            drawn += 1
            let high = UInt16(truncatingIfNeeded: drawn)
            let low = Seed.mix(salt ^ drawn ^ UInt64(dice.next() * 0x1p53))
            return JobID(trusted: JobID.prefix + ULID.text(milliseconds: milliseconds, high: high, low: low))
        }
    }

    /// Jobs for the steps that need no plan: what stands before the planning job, and the planning job itself.
    package static func opening(_ pipeline: [PipelineStep], names: Names) -> [Job] {
        grow(from: [], steps: pipeline.filter { !needsPlan($0, in: pipeline) }, shots: [], names: names)
    }

    /// Jobs for all the other steps, once the shots are known.
    package static func unfolding(
        _ pipeline: [PipelineStep], after jobs: [Job], shots: [PlannedShot], names: Names
    ) -> [Job] {
        grow(from: jobs, steps: pipeline.filter { needsPlan($0, in: pipeline) }, shots: shots, names: names)
    }

    /// Queued jobs with nothing left to wait for.
    package static func ready(in jobs: [Job]) -> [JobID] {
        let done = Set(jobs.filter { $0.status == .succeeded }.map(\.jobID))
        return jobs.filter { $0.status == .queued && $0.after.allSatisfy(done.contains) }.map(\.jobID)
    }

    /// True for a kind of job that is there before the plan.
    static func opens(_ type: JobType, _ pipeline: [PipelineStep]) -> Bool {
        pipeline.contains { $0.jobType == type && !needsPlan($0, in: pipeline) }
    }

    /// Steps that fan out, and all that comes after one, wait for the plan.
    private static func needsPlan(_ step: PipelineStep, in pipeline: [PipelineStep]) -> Bool {
        if step.fan != .film { return true }
        return step.after.contains { earlier in
            pipeline.first { $0.jobType == earlier }.map { needsPlan($0, in: pipeline) } ?? false
        }
    }

    private static func grow(
        from known: [Job], steps: [PipelineStep], shots: [PlannedShot], names: Names
    ) -> [Job] {
        var names = names
        var made: [Job] = []
        for step in steps {
            let earlier = (known + made).filter { step.after.contains($0.jobType) }
            for unit in units(of: step.fan, shots: shots) {
                let after = earlier.filter { belongs($0, to: unit, of: step.fan, shots: shots) }.map(\.jobID)
                made.append(Job(jobID: names.next(), step: step, unit: unit, after: after))
            }
        }
        return made
    }

    private static func units(of fan: Fan, shots: [PlannedShot]) -> [String?] {
        switch fan {
        case .film: [nil]
        case .line: shots.flatMap(\.lines).map(\.lineID.rawValue)
        case .seenLine: shots.flatMap(\.lines).filter(\.isSeen).map(\.lineID.rawValue)
        case .shot: shots.map(\.shotID.rawValue)
        }
    }

    /// A line waits for its own line, a shot for its own lines; the film waits for all of them.
    private static func belongs(_ job: Job, to unit: String?, of fan: Fan, shots: [PlannedShot]) -> Bool {
        guard let theirs = job.unit, let unit else { return true }
        switch fan {
        case .film: return true
        case .line, .seenLine: return theirs == unit
        case .shot:
            guard let shot = shots.first(where: { $0.shotID.rawValue == unit }) else { return false }
            return theirs == unit || shot.lines.contains { $0.lineID.rawValue == theirs }
        }
    }
}
