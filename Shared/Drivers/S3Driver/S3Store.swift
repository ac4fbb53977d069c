// S3Driver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, FileDriver, HTTPClientDriver
package import Contracts
package import FileDriver
import HTTP
package import HTTPClientDriver
package import Ports
import Synchronization

/// Objects in a bucket: `sha256/<aa>/<hex>`, and beside them `staging/`. What is lent as a file is kept in a store of
/// files, whose hash is checked when it comes in.
///
/// An object has 5 GB at most: what is longer would have to be sent in parts.
package final class S3Store: ObjectStore {
    private let bucket: S3Bucket
    /// Copies of objects and half-made files. It may be emptied whenever nobody runs.
    private let local: FolderStore
    private let clock: any WallClock
    private let lastSpool = Atomic<UInt64>(0)

    /// Asks nothing of the bucket yet.
    package init(
        _ options: S3Options, local: FolderStore, client: HTTPClient, clock: any WallClock
    ) throws(StoreFailure) {
        bucket = try S3Bucket(options, client: client, clock: clock)
        self.local = local
        self.clock = clock
    }

    // MARK: objects

    package func put(_ bytes: [UInt8]) async throws(StoreFailure) -> StagedFile {
        let hex = SHA256.hex(of: bytes)
        guard let key = ObjectKey(hex: hex) else {
            throw StoreFailure(.corrupt, during: "put", cause: "\(hex) is no hash")
        }
        let file = StagedFile(key: key, sizeBytes: Int64(bytes.count))
        if try await size(of: key) == file.sizeBytes { return file }
        try await send(.bytes(bytes), file, to: key.path, "put")
        return file
    }

    package func contains(_ key: ObjectKey) async throws(StoreFailure) -> Bool { try await size(of: key) != nil }

    package func size(of key: ObjectKey) async throws(StoreFailure) -> Int64? {
        try await about(key.path, "size")?.sizeBytes
    }

    package func read(_ key: ObjectKey) async throws(StoreFailure) -> [UInt8] {
        let answer = try await bucket.send(S3Bucket.Ask(.get, key.path), "read")
        let bytes = try await bucket.whole(answer, "read", upTo: .max)
        guard SHA256.hex(of: bytes) == key.hex else {
            throw StoreFailure(.corrupt, during: "read", cause: "what the store gave as \(key.hex) is something else")
        }
        return bytes
    }

    package func open(_ key: ObjectKey, _ part: Range<Int64>?) async throws(StoreFailure) -> Pieces {
        var ask = S3Bucket.Ask(.get, key.path)
        if let part {
            guard let size = try await size(of: key) else { throw Self.missing(key, "open") }
            guard part.lowerBound >= 0, part.upperBound <= size else {
                throw StoreFailure(.refused, during: "open", cause: "\(key.hex) has only \(size) bytes")
            }
            // No range of bytes is empty on the wire.
            if part.isEmpty { return ByteStream.empty }
            ask.fields["Range"] = "bytes=\(part.lowerBound)-\(part.upperBound - 1)"
        }
        let answer = try await bucket.send(ask, "open")
        guard part == nil || answer.status == 206 else {
            throw StoreFailure(.unreachable, during: "open", cause: "the store gave all of \(key.hex) for a part of it")
        }
        return Self.told(answer.body, "open")
    }

    package func fetch(_ key: ObjectKey) async throws(StoreFailure) -> String {
        if try await local.contains(key) { return try await local.fetch(key) }
        try await local.keep(try await open(key, nil), as: key)
        return try await local.fetch(key)
    }

    package func delete(_ key: ObjectKey) async throws(StoreFailure) {
        try await bucket.tell(S3Bucket.Ask(.delete, key.path), "delete")
        try await local.delete(key)
    }

    package func list(_ shelf: ObjectShelf, _ ask: ListAsk) async throws(StoreFailure) -> ObjectPage {
        guard ask.most > 0 else {
            throw StoreFailure(.refused, during: "list", cause: "a page holds one name at least")
        }
        let root = shelf == .objects ? "" : Self.staging
        var list = S3Bucket.Ask(.get, "")
        list.query = [
            QueryItem("list-type", "2"), QueryItem("max-keys", "\(min(ask.most, 1000))"),
            QueryItem("prefix", shelf == .objects && ask.prefix.isEmpty ? "sha256/" : root + ask.prefix),
        ]
        if let after = ask.after { list.query.append(QueryItem("start-after", root + after)) }
        guard let found = try await bucket.ask(list, "list"), found.name == "ListBucketResult" else {
            throw StoreFailure(.unreachable, during: "list", cause: "the store answered with no list")
        }
        let entries = try found.all("Contents").map { part throws(StoreFailure) in
            guard let key = part["Key"], key.hasPrefix(root), let size = part["Size"].flatMap({ Int64($0) }) else {
                throw StoreFailure(
                    .unreachable, during: "list", cause: "the store's list has an entry without a name or size")
            }
            return ObjectPage.Entry(name: String(key.dropFirst(root.count)), sizeBytes: size)
        }
        return ObjectPage(entries: entries, next: found["IsTruncated"] == "true" ? entries.last?.name : nil)
    }

    package func link(_ act: ObjectAct, until: Timestamp) async throws(StoreFailure) -> ObjectLink {
        let seconds = Int((until - clock.now()) / .seconds(1))
        // A week is the longest that is signed.
        guard (1...604_800).contains(seconds) else {
            throw StoreFailure(
                .refused, during: "link", cause: "a link is good for a second at least and a week at most")
        }
        switch act {
        case .get(let key):
            return ObjectLink(method: "GET", url: bucket.presign(S3Bucket.Ask(.get, key.path), seconds: seconds))
        case .put(let name, let announced):
            var ask = S3Bucket.Ask(.put, Self.staging + (try FolderStore.checked(name)))
            if let announced { ask.fields["x-amz-checksum-sha256"] = announced.key.checksum }
            let fields = Dictionary(uniqueKeysWithValues: ask.fields.all.map { ($0.name, $0.value) })
            return ObjectLink(method: "PUT", url: bucket.presign(ask, seconds: seconds), fields: fields)
        }
    }

    package func workFolder(for name: String) async throws(StoreFailure) -> String {
        try await local.workFolder(for: name)
    }

    /// Forgets copies until no more than so many bytes are kept here. Only while nobody uses a file that was lent to him.
    package func trim(to bytes: Int64) async throws(StoreFailure) {
        var kept: Int64 = 0
        var after: String?
        repeat {
            let page = try await local.list(.objects, ListAsk(after: after))
            for entry in page.entries {
                kept += entry.sizeBytes
                guard kept > bytes, let key = ObjectKey(hex: String(entry.name.suffix(64))) else { continue }
                try await local.delete(key)
                kept -= entry.sizeBytes
            }
            after = page.next
        } while after != nil
    }

    // MARK: staging

    private static let staging = "staging/"

    package func stage(_ file: String, as name: String) async throws(StoreFailure) -> StagedFile {
        let place = Self.staging + (try FolderStore.checked(name))
        let spool = spoolName()
        let staged = try await local.stage(file, as: spool)
        return try await send(spool, staged, to: place)
    }

    /// Kept in a file first: the hash stands in front of the body, and a try that failed is repeated.
    package func stage(
        _ pieces: Pieces, as name: String, announced: StagedFile?
    ) async throws(StoreFailure) -> StagedFile {
        let place = Self.staging + (try FolderStore.checked(name))
        let spool = spoolName()
        let staged = try await local.stage(pieces, as: spool, announced: announced)
        return try await send(spool, staged, to: place)
    }

    /// Head, copy, delete: after a crash between any two of them the next try does what is left.
    package func promote(_ name: String, as key: ObjectKey) async throws(StoreFailure) {
        let place = Self.staging + (try FolderStore.checked(name))
        guard try await about(key.path, "promote") == nil else { return try await forget(place) }
        do throws(StoreFailure) {
            try await carry(name, from: place, to: key)
        } catch {
            // Somebody else may have been quicker, at any of our steps: then the object is there.
            guard error.code == .missing, try await contains(key) else { throw error }
        }
        try await forget(place)
    }

    private func carry(_ name: String, from place: String, to key: ObjectKey) async throws(StoreFailure) {
        guard let found = try await about(place, "promote") else {
            throw StoreFailure(.missing, during: "promote", cause: "neither \(name) nor its object is there")
        }
        var checksum = found.checksum
        if checksum == nil { checksum = try await hash(of: place) }
        guard checksum == key.checksum else {
            throw StoreFailure(.corrupt, during: "promote", cause: "\(name) is not what was announced")
        }
        var copy = S3Bucket.Ask(.put, key.path)
        copy.fields["x-amz-copy-source"] = bucket.source(place)
        // Whoever leaves something else there now does not slip through between our look and the copy.
        copy.fields["x-amz-copy-source-if-match"] = found.tag
        copy.fields["x-amz-checksum-algorithm"] = "SHA256"
        guard try await bucket.ask(copy, "promote")?.name == "CopyObjectResult" else {
            throw StoreFailure(
                .unreachable, during: "promote", cause: "the store did not say that it copied \(name)")
        }
    }

    package func discard(prefix: String) async throws(StoreFailure) {
        let name = try FolderStore.checked(prefix)
        try await forget(Self.staging + name)
        while true {
            let page = try await list(.staging, ListAsk(prefix: name + "/"))
            for entry in page.entries { try await forget(Self.staging + entry.name) }
            if page.next == nil { return }
        }
    }

    // MARK: requests

    private struct About {
        let sizeBytes: Int64
        let tag: String
        /// Base64 of the SHA-256 of the whole, where the store knows it.
        let checksum: String?
    }

    private func about(_ place: String, _ during: String) async throws(StoreFailure) -> About? {
        var ask = S3Bucket.Ask(.head, place)
        ask.fields["x-amz-checksum-mode"] = "ENABLED"
        let answer: HTTPAnswer
        do throws(StoreFailure) { answer = try await bucket.send(ask, during) } catch {
            if error.code == .missing { return nil }
            throw error
        }
        guard let size = answer.fields["Content-Length"].flatMap({ Int64($0) }) else {
            throw StoreFailure(.unreachable, during: during, cause: "the store does not say how long \(place) is")
        }
        return About(
            sizeBytes: size, tag: answer.fields["ETag"] ?? "", checksum: answer.fields["x-amz-checksum-sha256"])
    }

    /// What a link without an announcement left has no checksum of the store's: then the bytes themselves say it.
    private func hash(of place: String) async throws(StoreFailure) -> String {
        let answer = try await bucket.send(S3Bucket.Ask(.get, place), "promote")
        var hash = SHA256()
        do { for try await piece in answer.body { hash.update(piece) } } catch {
            throw StoreFailure(.unreachable, during: "promote", cause: "\(error)")
        }
        return Base64.padded.text(of: hash.digest())
    }

    private func send(_ spool: String, _ staged: StagedFile, to place: String) async throws(StoreFailure) -> StagedFile
    {
        do throws(StoreFailure) {
            let file = try local.stagedFile(spool)
            try await send(.file(path: file, length: staged.sizeBytes), staged, to: place, "stage")
        } catch {
            try await local.discard(prefix: spool)
            throw error
        }
        try await local.discard(prefix: spool)
        return staged
    }

    private func send(
        _ body: HTTPCall.Body, _ file: StagedFile, to place: String, _ during: String
    ) async throws(StoreFailure) {
        var ask = S3Bucket.Ask(.put, place)
        ask.body = body
        ask.payload = file.key.hex
        ask.fields["x-amz-checksum-sha256"] = file.key.checksum
        ask.fields["Content-Type"] = "application/octet-stream"
        try await bucket.tell(ask, during)
    }

    private func forget(_ place: String) async throws(StoreFailure) {
        try await bucket.tell(S3Bucket.Ask(.delete, place), "forget")
    }

    private func spoolName() -> String { "spool-\(lastSpool.add(1, ordering: .relaxed).newValue)" }

    /// The same bytes, with a store's failure where there is one.
    private static func told(_ body: ByteStream, _ during: String) -> ByteStream {
        ByteStream {
            var pieces = body.makeAsyncIterator()
            do { return try await pieces.next() } catch {
                throw (error as? HTTPClientFailure).map { S3Fault.failure($0, during) } ?? error
            }
        }
    }

    private static func missing(_ key: ObjectKey, _ during: String) -> StoreFailure {
        StoreFailure(.missing, during: during, cause: "there is no object \(key.hex)")
    }
}

extension ObjectKey {
    /// As S3 writes a SHA-256.
    fileprivate var checksum: String {
        let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        return Base64.padded.text(
            of: stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }
}
