// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
package import Contracts
package import HTTP

/// A file of ours that a client may have.
package struct StoredFile: Sendable, Hashable {
    /// Ours, never a client's.
    package let path: String
    package let length: Int64
    package let type: MediaType
    package let tag: EntityTag?
    package let modified: Timestamp?
    /// What to call it when it is saved.
    package var name: String?
    /// Saved rather than shown.
    package var isAttachment = false

    package init(
        _ path: String, length: Int64, type: MediaType, tag: EntityTag?, modified: Timestamp? = nil
    ) {
        self.path = path
        self.length = length
        self.type = type
        self.tag = tag
        self.modified = modified
    }
}

extension HTTPResponse {
    /// The file, a part of it, or the news that the client has it already.
    package static func file(_ file: StoredFile, for head: RequestHead) -> HTTPResponse {
        var response = HTTPResponse(200, file.fields)
        switch Conditional.decide(head.method, head.fields, tag: file.tag, modified: file.modified) {
        case .failed: return HTTPResponse(412)
        case .notModified: return HTTPResponse(304, file.fields)
        case .proceed: break
        }
        let isWhole = !Conditional.allowsPart(head.fields, tag: file.tag, modified: file.modified)
        switch isWhole ? .whole : ByteRange(head.fields["Range"], of: file.length) {
        case .whole:
            response.body = .file(path: file.path, offset: 0, count: file.length)
        case .part(let part):
            response.status = 206
            response.fields["Content-Range"] = ByteRange.text(part, of: file.length)
            response.body = .file(path: file.path, offset: part.lowerBound, count: Int64(part.count))
        case .unsatisfiable:
            response = HTTPResponse(416, ["Content-Range": ByteRange.unsatisfiedText(of: file.length)])
        }
        return response
    }
}

extension StoredFile {
    fileprivate var fields: HTTPFields {
        var fields: HTTPFields = ["Accept-Ranges": "bytes", "Content-Type": type.description]
        fields["ETag"] = tag?.description
        fields["Last-Modified"] = modified.map(HTTPDate.text)
        if name != nil || isAttachment { fields["Content-Disposition"] = disposition }
        return fields
    }

    /// A name outside ASCII is said twice: for old clients and for all others.
    private var disposition: String {
        let kind = isAttachment ? "attachment" : "inline"
        guard let name else { return kind }
        let plain = String(
            name.unicodeScalars.map { $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F ? Character($0) : "_" })
        let saved = "\(kind); filename=\(QuotedText.of(plain))"
        return plain == name ? saved : "\(saved); filename*=UTF-8''\(PercentCoding.encoded(name))"
    }
}
