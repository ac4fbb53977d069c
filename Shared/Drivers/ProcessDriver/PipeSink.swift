// ProcessDriver · driver · sees Contracts, Ports, Telemetry, Lanes
import Glibc
import Ports

/// The writing end of a child's standard input. Lives on the feeding thread, which closes it.
struct PipeSink: ByteSink {
    let descriptor: Int32
    let name: String
    let reins: Reins

    /// A frame of film is larger than the standard pipe; a bigger one saves switches between the two processes.
    func widen() {
        _ = fcntl(descriptor, Self.setPipeSize, 1 << 20)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    /// `F_SETPIPE_SZ`, which the header hides from Swift.
    private static let setPipeSize: Int32 = 1031

    var isCancelled: Bool { reins.stop.value }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            let written = unsafe Glibc.write(
                descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written > 0 {
                unsafe rest = rest.dropFirst(written)
            } else if errno == EAGAIN {
                try awaitRoom()
            } else if errno != EINTR {
                throw ProgramFailure(.pipe, program: name, complaint: unsafe String(cString: strerror(errno)))
            }
        }
    }

    /// Somebody whom the child has started may hold the pipe and never read it: the child's end is the end.
    private func awaitRoom() throws {
        guard !reins.over.value else {
            throw ProgramFailure(.pipe, program: name, complaint: "it has ended and did not read everything")
        }
        var look = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&look, 1, 50)
    }
}
