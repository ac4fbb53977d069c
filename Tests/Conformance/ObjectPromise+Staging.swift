// Conformance · tests · sees Contracts, Ports
import Contracts
import Ports
import Testing

extension ObjectPromise {
    static let staging = [
        ObjectPromise("makes an object of what was staged, and making it again is success") { world in
            let store = world.store
            let staged = try await store.leave("a shot", as: "job_1-1-1/0-shot")
            #expect(staged == StagedFile(key: try #require(key("a shot")), sizeBytes: 6))
            #expect(try await store.contains(staged.key) == false)
            try await store.promote("job_1-1-1/0-shot", as: staged.key)
            try await store.promote("job_1-1-1/0-shot", as: staged.key)
            #expect(try await store.names(.staging) == [])
            try await store.discard(prefix: "job_1-1-1")
            #expect(try await store.read(staged.key) == bytes("a shot"))
            // Another attempt made the same.
            _ = try await store.leave("a shot", as: "job_1-2-2/0-shot")
            try await store.promote("job_1-2-2/0-shot", as: staged.key)
            #expect(try await store.names(.staging) == [])
        },
        ObjectPromise("makes no object of what is not what was announced") { world in
            let store = world.store
            _ = try await store.leave("a shot", as: "job_1-1-1/0-shot")
            let other = try #require(key("another shot"))
            #expect(await refusal { try await store.promote("job_1-1-1/0-shot", as: other) } == .corrupt)
            #expect(try await store.contains(other) == false)
            #expect(try await store.names(.staging) == ["job_1-1-1/0-shot"])
        },
        ObjectPromise("stages a stream whole or not at all") { world in
            let store = world.store
            let right = StagedFile(key: try #require(key("abcdef")), sizeBytes: 6)
            let pieces = Drip(3) { [bytes("ab"), bytes("cd"), bytes("ef")][$0] }
            #expect(try await store.stage(pieces, as: "right", announced: right) == right)
            let short = StagedFile(key: right.key, sizeBytes: 5)
            let long = StagedFile(key: right.key, sizeBytes: 7)
            let other = StagedFile(key: try #require(key("abc")), sizeBytes: 6)
            for announced in [short, long, other] {
                let code = await refusal { _ = try await store.stage(pieces, as: "wrong", announced: announced) }
                #expect(code == .corrupt)
            }
            let broken = Drip(3) { number in
                if number == 2 { throw BrokenOff() }
                return bytes("ab")
            }
            #expect(await refusal { _ = try await store.stage(broken, as: "broken", announced: nil) } == .unreachable)
            #expect(try await store.names(.staging) == ["right"])
        },
        ObjectPromise("stages again under a name that was staged before") { world in
            _ = try await world.store.leave("old", as: "job/0")
            let new = try await world.store.leave("newer", as: "job/0")
            try await world.store.promote("job/0", as: new.key)
            #expect(try await world.store.read(new.key) == bytes("newer"))
        },
        ObjectPromise("makes one object when many make it at once") { world in
            let store = world.store
            let staged = try await store.leave("a shot", as: "job/0")
            for number in 1..<8 { _ = try await store.leave("a shot", as: "job/\(number)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<16 { group.addTask { try await store.promote("job/\(number % 8)", as: staged.key) } }
                try await group.waitForAll()
            }
            #expect(try await store.names(.staging) == [])
            #expect(try await store.read(staged.key) == bytes("a shot"))
        },
        ObjectPromise("forgets what is staged below a name, and nothing beside it") { world in
            let store = world.store
            for name in ["job_1/a", "job_1/b/c", "job_10/a", "job_2"] { _ = try await store.leave("x", as: name) }
            try await store.discard(prefix: "job_1")
            #expect(try await store.names(.staging) == ["job_10/a", "job_2"])
            try await store.discard(prefix: "job_2")
            #expect(try await store.names(.staging) == ["job_10/a"])
        },
        ObjectPromise("takes no name that leads elsewhere") { world in
            let store = world.store
            let names = [
                "", "..", "../x", "a/../b", "/etc/passwd", "a//b", "a/", ".hidden", "a/.b", "a\0b", "a b", "ä", "a\\b",
                "a%2fb", "a?b", "a#b", "a\nb", String(repeating: "x", count: 201),
            ]
            let some = try #require(key("x"))
            for name in names {
                #expect(await refusal { _ = try await store.leave("x", as: name) } == .refused)
                #expect(await refusal { try await store.promote(name, as: some) } == .refused)
                #expect(await refusal { try await store.discard(prefix: name) } == .refused)
                #expect(await refusal { _ = try await store.workFolder(for: name) } == .refused)
                let act = ObjectAct.put(name, announced: nil)
                #expect(await refusal { _ = try await store.link(act, until: world.now + .seconds(60)) } == .refused)
            }
            #expect(try await store.names(.staging) == [])
        },
        ObjectPromise("streams 50 MB in and out") { world in
            let store = world.store
            let piece = [UInt8]((0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 8) })
            let staged = try await store.stage(Drip(50) { _ in piece }, as: "big", announced: nil)
            #expect(staged.sizeBytes == 50 << 20)
            try await store.promote("big", as: staged.key)
            var (hash, largest) = (SHA256(), 0)
            for try await part in try await store.open(staged.key, nil) {
                hash.update(part)
                largest = max(largest, part.count)
            }
            #expect(hash.hex() == staged.key.hex)
            #expect(largest <= 1 << 20)
        },
    ]

    static let linking = [
        ObjectPromise("gives links that need no name: to read, and to leave something in staging") { world in
            let store = world.store
            let until = world.now + .seconds(600)
            let file = try await store.put(bytes("a shot"))
            let reading = try await store.link(.get(file.key), until: until)
            #expect(reading.method == "GET")
            let read = try await world.follow(reading, [], world.now)
            #expect(read.status == 200)
            #expect(read.body == bytes("a shot"))
            let made = StagedFile(key: try #require(key("made")), sizeBytes: 4)
            let exact = try await store.link(.put("job/exact", announced: made), until: until)
            #expect(try await world.follow(exact, bytes("made"), world.now).status / 100 == 2)
            let free = try await store.link(.put("job/free", announced: nil), until: until)
            #expect(try await world.follow(free, bytes("made"), world.now).status / 100 == 2)
            #expect(try await store.names(.staging) == ["job/exact", "job/free"])
            try await store.promote("job/free", as: made.key)
            try await store.promote("job/exact", as: made.key)
            #expect(try await store.read(made.key) == bytes("made"))
        },
        ObjectPromise("makes no object of what a link let somebody leave under another hash") { world in
            let free = try await world.store.link(.put("job/0", announced: nil), until: world.now + .seconds(60))
            _ = try await world.follow(free, bytes("something else"), world.now)
            let wanted = try #require(key("made"))
            #expect(await refusal { try await world.store.promote("job/0", as: wanted) } == .corrupt)
            #expect(try await world.store.contains(wanted) == false)
        },
        ObjectPromise("gives links whose time ends, and that cannot be changed") { world in
            guard world.checksLinks else { return }
            let store = world.store
            let file = try await store.put(bytes("a shot"))
            let other = try await store.put(bytes("another"))
            let until = world.now + .seconds(60)
            let link = try await store.link(.get(file.key), until: until)
            #expect(try await world.follow(link, [], world.now + .seconds(58)).status == 200)
            #expect(try await world.follow(link, [], world.now + .seconds(61)).status == 403)
            let changed = [
                link.url.replacing(file.key.hex, with: other.key.hex),
                link.url.replacing("expires=1", with: "expires=2"),
                link.url.replacing("expires=", with: "x=1&expires="), link.url + "0", String(link.url.dropLast()),
                String(link.url.dropLast(64)) + String(repeating: "0", count: 64),
            ]
            for url in changed {
                let status = try await world.follow(ObjectLink(method: "GET", url: url), [], world.now).status
                #expect(status == 403, "\(url)")
            }
            let put = ObjectLink(method: "PUT", url: link.url)
            #expect(try await world.follow(put, bytes("x"), world.now).status == 403)
            let made = StagedFile(key: try #require(key("made")), sizeBytes: 4)
            let exact = try await store.link(.put("job/0", announced: made), until: until)
            #expect(try await world.follow(exact, bytes("mad3"), world.now).status / 100 == 4)
            #expect(try await store.names(.staging) == [])
        },
    ]
}
