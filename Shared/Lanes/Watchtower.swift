// Lanes · threads · sees nothing
import Glibc

/// What a lane looks at while it sleeps: descriptors, and the time.
///
/// Not Sendable: it belongs to its lane's thread.
final class Watchtower {
    private let bell: Int32
    private let onBell: () -> Void
    private let onWake: () -> Void
    private var watches: [Int32: Watch] = [:]
    /// What the system is asked about, the bell first; made anew when the watches change.
    private var looks: [pollfd] = []
    private var timers: [Timer] = []
    private var lastTimer: UInt64 = 0
    private var atTurnEnd: [() -> Void] = []

    private struct Timer {
        let number: UInt64
        let due: ContinuousClock.Instant
        let ring: () -> Void
    }

    /// `onWake` is called when a sleep is over, before anything that woke it is served.
    init(bell: Int32, onBell: @escaping () -> Void, onWake: @escaping () -> Void) {
        self.bell = bell
        self.onBell = onBell
        self.onWake = onWake
    }
}

// MARK: descriptors

extension Watchtower {
    /// Looks at a descriptor until `unwatch`; `onReady` says what can be done with it now.
    func watch(_ descriptor: Int32, for interest: Readiness, onReady: @escaping (Readiness) -> Void) {
        watches[descriptor] = Watch(interest: interest, onReady: onReady)
        looks = []
    }

    /// Looks at it for something else from now on.
    func change(_ descriptor: Int32, to interest: Readiness) {
        guard let watch = watches[descriptor], watch.interest != interest else { return }
        watches[descriptor]?.interest = interest
        looks = []
    }

    func unwatch(_ descriptor: Int32) {
        watches[descriptor] = nil
        looks = []
    }

    private func askAbout() {
        guard looks.isEmpty else { return }
        looks = [pollfd(fd: bell, events: Int16(POLLIN), revents: 0)]
        looks += watches.map { pollfd(fd: $0.key, events: $0.value.interest.events, revents: 0) }
    }
}

// MARK: time

extension Watchtower {
    /// Rings once after the delay, unless it is called off with the number that is answered.
    func ring(after delay: Duration, _ ring: @escaping () -> Void) -> UInt64 {
        lastTimer += 1
        let timer = Timer(number: lastTimer, due: .now + max(.zero, delay), ring: ring)
        // Few are set at a time, and most of them for the same while: the place is near the end.
        let place = timers.lastIndex { $0.due <= timer.due }.map { $0 + 1 } ?? timers.startIndex
        timers.insert(timer, at: place)
        return lastTimer
    }

    func callOff(_ number: UInt64) { timers.removeAll { $0.number == number } }

    /// Runs when everything that is ready now has been served: the moment to send what has gathered.
    func beforeSleep(_ work: @escaping () -> Void) { atTurnEnd.append(work) }
}

// MARK: the turn

extension Watchtower {
    /// Serves what is ready, and waits for it first if `maySleep`.
    func look(maySleep: Bool) {
        if !maySleep && watches.isEmpty && timers.isEmpty { return }
        askAbout()
        let count = poll(&looks, nfds_t(looks.count), maySleep ? patience : 0)
        if maySleep { onWake() }
        if count > 0 {
            let ready = looks.filter { $0.revents != 0 }
            for look in ready where look.fd == bell { onBell() }
            for look in ready where look.fd != bell {
                // Whoever came before in this round may have ended this watch.
                watches[look.fd]?.onReady(Readiness(events: look.revents))
            }
        }
        let now = ContinuousClock.now
        while let timer = timers.first, timer.due <= now {
            timers.removeFirst()
            timer.ring()
        }
    }

    /// The lane is over. Whoever was to be rung knows the lane, so he must be forgotten, or neither would ever go.
    func leave() {
        watches = [:]
        timers = []
        atTurnEnd = []
    }

    /// Does what was kept for the end of the turn.
    func finishTurn() {
        while !atTurnEnd.isEmpty {
            let works = atTurnEnd
            atTurnEnd = []
            for work in works { work() }
        }
    }

    /// Milliseconds until the next timer, rounded up: a lane that wakes too early turns in vain.
    private var patience: Int32 {
        guard let timer = timers.first else { return -1 }
        let (seconds, atto) = (timer.due - .now).components
        return Int32(clamping: max(0, seconds * 1000 + (atto + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}

private struct Watch {
    var interest: Readiness
    let onReady: (Readiness) -> Void
}

/// What can be done with a descriptor without waiting.
package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let readable = Readiness(rawValue: 1)
    package static let writable = Readiness(rawValue: 2)

    /// A failure and an end are found by reading and writing.
    fileprivate init(events: Int16) {
        let isTroubled = Int32(events) & (POLLERR | POLLHUP | POLLNVAL) != 0
        self = []
        if isTroubled || Int32(events) & POLLIN != 0 { insert(.readable) }
        if isTroubled || Int32(events) & POLLOUT != 0 { insert(.writable) }
    }

    fileprivate var events: Int16 {
        Int16((contains(.readable) ? POLLIN : 0) | (contains(.writable) ? POLLOUT : 0))
    }
}
