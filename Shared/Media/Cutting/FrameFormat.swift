// Cutting · pure · sees Contracts, Policies
package import Contracts

/// The size and speed of a film's pictures.
package struct FrameFormat: Hashable, Sendable {
    package let width: Int
    package let height: Int
    package let framesPerSecond: Int

    package init(width: Int, height: Int, framesPerSecond: Int = FrameFormat.filmSpeed) {
        self.width = width
        self.height = height
        self.framesPerSecond = framesPerSecond
    }

    package static let filmSpeed = 24

    package init(_ quality: Quality) {
        switch quality {
        case .draft: self.init(width: 640, height: 360)
        case .standard: self.init(width: 1280, height: 720)
        case .ultra: self.init(width: 1920, height: 1080)
        }
    }

    /// One I420 frame.
    package var frameBytes: Int { width * height * 3 / 2 }
}
