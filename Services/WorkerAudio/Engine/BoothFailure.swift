// WorkerAudioEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Sound, ProcessDriver
import Contracts
import Ports
import Sound

/// Why a line is not on tape: a program that did not do its part, or an answer that makes no sense.
enum BoothFailure: Error {
    case program(ProgramFailure)
    case answer(SoundFailure)

    /// A missing program stays missing, and who cancels wants no second try.
    var isWorthAnotherTry: Bool {
        switch self {
        case .program(let failure):
            switch failure.code {
            case .notFound, .canceled: false
            case .cannotStart, .exit, .killed, .deadline, .pipe: true
            }
        case .answer: true
        }
    }

    func report(of line: Line) -> FailureReport {
        let (code, cause, nextStep) =
            switch self {
            case .program(let failure): (Self.code(of: failure), failure.description, Self.nextStep(after: failure))
            case .answer(let failure):
                (
                    ErrorCode.executionFailed, failure.description,
                    "Run `ainer-voice --health`: it says whether the engine is whole."
                )
            }
        return FailureReport(
            code, "line \(line.lineID) was not spoken: \(cause)", owner: .workerAudio, nextStep: nextStep)
    }

    private static func code(of failure: ProgramFailure) -> ErrorCode {
        switch failure.code {
        case .notFound, .cannotStart: .dependencyDown
        case .deadline: .workTimedOut
        case .exit, .killed, .canceled, .pipe: .executionFailed
        }
    }

    private static func nextStep(after failure: ProgramFailure) -> String {
        switch failure.code {
        case .notFound, .cannotStart: "Install \(failure.program), or correct its path in the settings."
        case .deadline: "The host may be overloaded; the line is worth another try."
        case .exit, .killed, .pipe: "Run `ainer-voice --health`: it says whether the engine is whole."
        case .canceled: ""
        }
    }
}
