// Ports · doors · sees Contracts
package import Contracts

package enum SQLType: String, Sendable {
    case text
    case integer
    case real
    case blob
}

package enum SQLCell: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// A Swift value that is one SQL value.
package protocol SQLValue: Sendable {
    static var sqlType: SQLType { get }
    var cell: SQLCell { get }
    init?(cell: SQLCell)
}

extension Int64: SQLValue {
    package static var sqlType: SQLType { .integer }
    package var cell: SQLCell { .integer(self) }
    package init?(cell: SQLCell) {
        guard case .integer(let value) = cell else { return nil }
        self = value
    }
}

extension Int: SQLValue {
    package static var sqlType: SQLType { .integer }
    package var cell: SQLCell { .integer(Int64(self)) }
    package init?(cell: SQLCell) {
        guard case .integer(let value) = cell else { return nil }
        self = Int(value)
    }
}

extension Double: SQLValue {
    package static var sqlType: SQLType { .real }
    package var cell: SQLCell { .real(self) }
    package init?(cell: SQLCell) {
        guard case .real(let value) = cell else { return nil }
        self = value
    }
}

extension Bool: SQLValue {
    package static var sqlType: SQLType { .integer }
    package var cell: SQLCell { .integer(self ? 1 : 0) }
    package init?(cell: SQLCell) {
        guard case .integer(let value) = cell, value == 0 || value == 1 else { return nil }
        self = value == 1
    }
}

extension String: SQLValue {
    package static var sqlType: SQLType { .text }
    package var cell: SQLCell { .text(self) }
    package init?(cell: SQLCell) {
        guard case .text(let value) = cell else { return nil }
        self = value
    }
}

extension Array: SQLValue where Element == UInt8 {
    package static var sqlType: SQLType { .blob }
    package var cell: SQLCell { .blob(self) }
    package init?(cell: SQLCell) {
        guard case .blob(let value) = cell else { return nil }
        self = value
    }
}

extension Optional: SQLValue where Wrapped: SQLValue {
    package static var sqlType: SQLType { Wrapped.sqlType }
    package var cell: SQLCell { self?.cell ?? .null }
    package init?(cell: SQLCell) {
        if case .null = cell {
            self = Self.none
            return
        }
        guard let wrapped = Wrapped(cell: cell) else { return nil }
        self = .some(wrapped)
    }
}

extension Timestamp: SQLValue {
    package static var sqlType: SQLType { .integer }
    package var cell: SQLCell { .integer(microseconds) }
    package init?(cell: SQLCell) {
        guard case .integer(let value) = cell else { return nil }
        self.init(microseconds: value)
    }
}

/// Names and enums are their text.
extension RawRepresentable where RawValue == String, Self: SQLValue {
    package static var sqlType: SQLType { .text }
    package var cell: SQLCell { .text(rawValue) }
    package init?(cell: SQLCell) {
        guard case .text(let value) = cell else { return nil }
        self.init(rawValue: value)
    }
}

extension RunID: SQLValue {}
extension JobID: SQLValue {}
extension TaskID: SQLValue {}
extension EventID: SQLValue {}
extension NodeID: SQLValue {}
extension ArtifactID: SQLValue {}
extension IdempotencyKey: SQLValue {}
extension TenantID: SQLValue {}
extension ProjectID: SQLValue {}
extension UserID: SQLValue {}
extension AccessTokenID: SQLValue {}
extension SessionID: SQLValue {}
extension AuditID: SQLValue {}
extension NovelID: SQLValue {}
extension ChapterID: SQLValue {}
extension UploadID: SQLValue {}
extension WebhookID: SQLValue {}
extension NoticeID: SQLValue {}
extension PatchID: SQLValue {}
extension Stage: SQLValue {}
extension RunStatus: SQLValue {}
extension JobStatus: SQLValue {}
extension JobType: SQLValue {}
extension Pool: SQLValue {}
extension Topic: SQLValue {}
