// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit

/// The open channels of a connection by their numbers. Every frame asks, and the numbers are small: no hashing.
struct Channels {
    private var places: [Channel?] = []
    private(set) var count = 0

    subscript(number: UInt16) -> Channel? {
        get { Int(number) < places.count ? places[Int(number)] : nil }
        set {
            while places.count <= Int(number) { places.append(nil) }
            count += (newValue == nil ? 0 : 1) - (places[Int(number)] == nil ? 0 : 1)
            places[Int(number)] = newValue
        }
    }

    var all: [Channel] { places.compactMap { $0 } }
}
