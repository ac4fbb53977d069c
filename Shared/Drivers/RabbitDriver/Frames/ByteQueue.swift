// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
/// Bytes that wait to be sent or read, in one piece of memory that grows as needed.
@safe
final class ByteQueue {
    private var memory: UnsafeMutableRawBufferPointer
    private var head = 0
    private var tail = 0

    init(capacity: Int) { unsafe memory = .allocate(byteCount: capacity, alignment: 16) }

    deinit { unsafe memory.deallocate() }

    var count: Int { tail - head }

    /// Lends room for at least so many bytes behind what is there; the closure answers how many it has written.
    func append(atMost limit: Int, _ write: (UnsafeMutableRawBufferPointer) -> Int) {
        makeRoom(for: limit)
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[tail..<memory.count])
        tail += unsafe min(room.count, max(0, write(room)))
    }

    func append(_ bytes: UnsafeRawBufferPointer) {
        unsafe append(atMost: bytes.count) { room in
            unsafe room.copyMemory(from: bytes)
            return bytes.count
        }
    }

    /// Lends what is there; the closure answers how much of it is done with.
    func consume(_ read: (UnsafeRawBufferPointer) -> Int) {
        let done = unsafe read(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[head..<tail]))
        head += min(count, max(0, done))
        if head == tail { (head, tail) = (0, 0) }
    }

    func clear() { (head, tail) = (0, 0) }

    private func makeRoom(for more: Int) {
        if unsafe memory.count - tail >= more { return }
        let needed = count + more
        // Moving what is left to the front is enough while that frees half of it.
        let larger = unsafe needed * 2 <= memory.count ? memory.count : max(needed * 2, memory.count)
        let next = unsafe larger == memory.count ? memory : .allocate(byteCount: larger, alignment: 16)
        let left = unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[head..<tail])
        unsafe UnsafeMutableRawBufferPointer(rebasing: next[..<left.count]).copyMemory(from: left)
        if unsafe larger != memory.count {
            unsafe memory.deallocate()
            unsafe memory = next
        }
        (head, tail) = (0, left.count)
    }
}
