// ProcessDriver · driver · sees Contracts, Ports, Telemetry, Lanes
import Glibc
import Ports

/// The writing end of a child's standard input. Lives on the feeding thread, which closes it.
struct PipeSink: ByteSink {
    let descriptor: Int32
    let name: String
    let stop: StopFlag

    /// A frame of film is larger than the standard pipe; a bigger one saves switches between the two processes.
    func widen() { _ = fcntl(descriptor, Self.setPipeSize, 1 << 20) }

    /// `F_SETPIPE_SZ`, which the header hides from Swift.
    private static let setPipeSize: Int32 = 1031

    var isCancelled: Bool { stop.value }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            let written = unsafe Glibc.write(
                descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written > 0 {
                unsafe rest = rest.dropFirst(written)
            } else if errno != EINTR {
                throw ProgramFailure(.pipe, program: name, complaint: unsafe String(cString: strerror(errno)))
            }
        }
    }
}
