// Raster · pixels · sees Contracts, Policies, Picture
package import Contracts
import Picture

/// Why a picture could not be made.
package struct RasterFailure: Error, Hashable, Sendable {
    package struct Code: Hashable, Sendable {
        package let name: String
        let errorCode: ErrorCode
        let nextStep: String

        package static let shot = Code(
            name: "shot refused", errorCode: .planValidation, nextStep: "Correct the shot and plan it again.")
        package static let size = Code(
            name: "size refused", errorCode: .requestValidation,
            nextStep: "Ask for an even width and height from 16 to 8192.")
        package static let memory = Code(
            name: "out of memory", errorCode: .executionFailed,
            nextStep: "Give the worker more memory or a smaller size.")
        package static let drawing = Code(
            name: "drawing failed", errorCode: .executionFailed,
            nextStep: "Keep the shot's plan and report it: no shot may do this.")
        package static let file = Code(
            name: "file not written", errorCode: .resourceExhausted,
            nextStep: "Look at the folder's rights and free space.")
    }

    package var code: Code
    /// Where: the shot's path or the file's.
    package var place: String
    package var cause: String

    init(_ code: Code, at place: String, _ cause: String) {
        self.code = code
        self.place = place
        self.cause = cause
    }

    init(_ failure: TableauFailure, in shot: ShotID) {
        switch failure {
        case .duration(let milliseconds):
            self.init(.shot, at: "\(shot) $.timing.duration_ms", "\(milliseconds) ms is not 20 to 600000 ms")
        case .framesPerSecond(let fps):
            self.init(.shot, at: "\(shot) $.timing.fps", "\(fps) frames a second are not 1 to 120")
        }
    }

    package var message: String { "\(code.name) at \(place): \(cause)" }

    /// The failure as it travels.
    package func report(owner: Module) -> FailureReport {
        FailureReport(code.errorCode, message, owner: owner, nextStep: code.nextStep)
    }
}
