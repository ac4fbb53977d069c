// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import CPostgres
import Ports

/// The types we send and read, by the numbers PostgreSQL gives them, and how their bytes lie.
enum PostgresType {
    static func oid(of type: SQLType) -> Oid {
        switch type {
        case .text: 25
        case .integer: 20
        case .real: 701
        case .blob: 17
        }
    }

    /// The type a column of this number is declared as; `nil` for one that nobody can read.
    static func kind(of type: Oid) -> SQLType? {
        switch type {
        case 16, 20, 21, 23, 26: .integer
        case 700, 701: .real
        case 19, 25, 1043: .text
        case 17: .blob
        default: nil
        }
    }

    /// `nil` for a type nobody of us writes, or bytes that are not of it.
    static func cell(of type: Oid, _ bytes: UnsafeRawBufferPointer) -> SQLCell? {
        switch type {
        // bool, int2, int4, int8, oid
        case 16, 21, 23, 20, 26: .integer(unsafe integer(bytes, isSigned: type != 16 && type != 26))
        case 701 where bytes.count == 8: .real(Double(bitPattern: UInt64(bitPattern: unsafe integer(bytes))))
        case 700 where bytes.count == 4:
            .real(Double(Float(bitPattern: UInt32(truncatingIfNeeded: unsafe integer(bytes)))))
        // text, varchar, name
        case 25, 1043, 19: .text(unsafe String(decoding: bytes, as: UTF8.self))
        case 17: .blob(unsafe Array(bytes))
        // void: a function that was called for what it does
        case 2278: .null
        default: nil
        }
    }

    private static func integer(_ bytes: UnsafeRawBufferPointer, isSigned: Bool = true) -> Int64 {
        guard let first = unsafe bytes.first, bytes.count <= 8 else { return 0 }
        var value: Int64 = isSigned ? Int64(Int8(bitPattern: first)) : Int64(first)
        for index in 1..<bytes.count { value = value << 8 | Int64(unsafe bytes[index]) }
        return value
    }
}

/// The arguments of one call as the protocol carries them: one buffer, and where each lies in it.
struct PostgresParameters {
    /// The first byte belongs to nobody, so that an empty value has an address too: none would be NULL.
    private var bytes: [UInt8] = [0]
    private var starts: [Int?] = []
    private var lengths: [Int32] = []

    /// Fails for an argument that cannot travel.
    static func encode(_ order: Order) throws(PostgresFault) -> PostgresParameters {
        do throws(DatabaseFailure) {
            return try PostgresParameters(order)
        } catch {
            throw PostgresFault(error)
        }
    }

    private init(_ order: Order) throws(DatabaseFailure) {
        for cell in order.cells {
            let start = bytes.count
            switch cell {
            case .null: break
            case .integer(let value): append(UInt64(bitPattern: value))
            case .real(let value): append(value.bitPattern)
            case .text(let value):
                try order.checkText(value)
                bytes.append(contentsOf: value.utf8)
            case .blob(let value): bytes.append(contentsOf: value)
            }
            starts.append(cell == .null ? nil : start)
            lengths.append(Int32(clamping: bytes.count - start))
        }
    }

    /// Lends addresses, lengths and formats; they are good inside the closure only.
    func withArrays<Value>(
        _ body: (_ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) -> Value
    ) -> Value {
        unsafe bytes.withUnsafeBytes { buffer in
            let base = unsafe buffer.assumingMemoryBound(to: CChar.self).baseAddress
            let values = unsafe starts.map { start in
                unsafe start.flatMap { start in unsafe base.map { unsafe $0 + start } }
            }
            return unsafe body(values, lengths, Array(repeating: 1, count: lengths.count))
        }
    }

    private mutating func append(_ value: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
}
