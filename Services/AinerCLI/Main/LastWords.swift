// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import HTTPClientDriver
import Ports
import Settings
import Wire

/// Ends the program with a message for a person, a status for a script and a code for whoever wants to know more.
struct Stop: Error {
    let status: Int32
    let errorCode: ErrorCode
    let message: String

    init(_ errorCode: ErrorCode, status: Int32, _ message: String) {
        self.status = status
        self.errorCode = errorCode
        self.message = message
    }

    /// What a skill says of its input.
    init(_ refusal: FailureReport) {
        let lines = [refusal.message, refusal.nextStep].filter { !$0.isEmpty }
        self.init(refusal.errorCode, status: ExitCode.failed, lines.joined(separator: "\n"))
    }
}

extension SettingsFault {
    var errorCode: ErrorCode { .settingsWrong }
}

/// An error as the last thing a program says.
struct LastWords {
    let text: String
    let errorCode: ErrorCode
    let status: Int32

    init(_ error: any Error) {
        switch error {
        case let fault as UsageFault:
            text = "\(fault)\n\n\(Command.usage)"
            (errorCode, status) = (fault.errorCode, ExitCode.usage)
        case let fault as SettingsFault:
            text = "the settings have faults:\n\(fault)\n`ainer settings` lists them all"
            (errorCode, status) = (fault.errorCode, ExitCode.settings)
        case let refusal as Refusal:
            text = refusal.lines().joined(separator: "\n")
            (errorCode, status) = (ErrorCode(rawValue: refusal.code) ?? .dependencyDown, refusal.exit)
        case let failure as HTTPClientFailure:
            text = "\(failure)"
            (errorCode, status) = (.dependencyDown, ExitCode.unreachable)
        case let stop as Stop:
            (text, errorCode, status) = (stop.message, stop.errorCode, stop.status)
        case let failure as FailureReport:
            text = failure.nextStep.isEmpty ? failure.message : "\(failure.message)\n\(failure.nextStep)"
            (errorCode, status) = (failure.errorCode, ExitCode.failed)
        case let failure as StoreFailure:
            text = "\(failure)"
            (errorCode, status) = (failure.code == .full ? .resourceExhausted : .artifactUpload, ExitCode.failed)
        case let failure as DatabaseFailure:
            text = "\(failure)"
            (errorCode, status) = (failure.code == .full ? .resourceExhausted : .dependencyDown, ExitCode.failed)
        case let failure as BusFailure:
            text = "\(failure)"
            (errorCode, status) = (failure.code == .full ? .resourceExhausted : .dependencyDown, ExitCode.failed)
        default:
            (text, errorCode, status) = ("\(error)", .programFault, ExitCode.failed)
        }
    }

    func say() { complain("\(text)\n\(Self.hint(errorCode))") }

    /// The same for a program that reads it: one line on standard error.
    func sayJSON() throws {
        let words = ["error_code": errorCode.rawValue, "detail": text]
        FileHandle.standardError.write(Data((try JSON.text(words) + "\n").utf8))
    }

    /// The line every error ends with.
    static func hint(_ code: ErrorCode) -> String { "ainer explain \(code.rawValue)" }
}
