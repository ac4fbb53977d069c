// AinerCLI · wiring · sees everything a laptop needs
import Foundation

/// The lines of a file or a pipe as they come. A line that never ends is handed out in pieces of 16 MiB, so that what is
/// no text at all fills no memory.
struct LineReader: Sequence, IteratorProtocol {
    private static let longest = 16 << 20

    private let handle: FileHandle
    private var rest: [UInt8] = []
    private var searched = 0
    private var isOver = false

    init(of handle: FileHandle) { self.handle = handle }

    mutating func next() -> [UInt8]? {
        while true {
            if let end = rest[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { drop(end + 1) }
                return Array(rest[..<end])
            }
            searched = rest.count
            if isOver || rest.count >= Self.longest {
                defer { drop(rest.count) }
                return rest.isEmpty ? nil : rest
            }
            let more = handle.availableData
            if more.isEmpty { isOver = true } else { rest += more }
        }
    }

    private mutating func drop(_ count: Int) {
        rest.removeFirst(count)
        searched = 0
    }
}
