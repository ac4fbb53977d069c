// Conformance · tests · sees Contracts, Ports
import Contracts
import Ports
import Testing

extension ObjectPromise {
    static let keeping = [
        ObjectPromise("keeps bytes under their own hash, once, and tells how long they are") { world in
            let file = try await world.store.put(bytes("abc"))
            #expect(file.key.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
            #expect(file.sizeBytes == 3)
            #expect(try await world.store.put(bytes("abc")) == file)
            #expect(try await world.store.contains(file.key))
            #expect(try await world.store.size(of: file.key) == 3)
            #expect(try await world.store.read(file.key) == bytes("abc"))
            #expect(try await world.store.names(.objects) == [file.key.path])
        },
        ObjectPromise("keeps nothing at all as well as something") { world in
            let file = try await world.store.put([])
            #expect(try await world.store.size(of: file.key) == 0)
            #expect(try await world.store.read(file.key) == [])
            #expect(try await world.store.text(file.key) == "")
            let staged = try await world.store.leave("", as: "empty")
            try await world.store.promote("empty", as: staged.key)
        },
        ObjectPromise("says that what is missing is missing") { world in
            let none = try #require(key("nobody"))
            #expect(try await world.store.contains(none) == false)
            #expect(try await world.store.size(of: none) == nil)
            #expect(await refusal { _ = try await world.store.read(none) } == .missing)
            #expect(await refusal { _ = try await world.store.fetch(none) } == .missing)
            #expect(await refusal { _ = try await world.store.text(none) } == .missing)
            #expect(await refusal { _ = try await world.store.text(none, 0..<1) } == .missing)
            #expect(await refusal { try await world.store.promote("nobody", as: none) } == .missing)
            try await world.store.delete(none)
            try await world.store.discard(prefix: "nobody")
        },
        ObjectPromise("gives parts that lie within an object, and no others") { world in
            let file = try await world.store.put(bytes("0123456789"))
            for (part, text) in [(0..<10, "0123456789"), (0..<1, "0"), (9..<10, "9"), (3..<7, "3456"), (4..<4, "")] {
                let part = Int64(part.lowerBound)..<Int64(part.upperBound)
                #expect(try await world.store.text(file.key, part) == text)
            }
            for part in [0..<11, 10..<11, 20..<21, -1..<2] as [Range<Int64>] {
                #expect(await refusal { _ = try await world.store.text(file.key, part) } == .refused)
            }
        },
        ObjectPromise("lends an object as a local file") { world in
            let file = try await world.store.put(bytes("a shot"))
            let path = try await world.store.fetch(file.key)
            #expect(path.hasPrefix("/"))
            #expect(try await world.store.fetch(file.key) == path)
        },
        ObjectPromise("forgets an object, and may be told twice") { world in
            let file = try await world.store.put(bytes("abc"))
            try await world.store.delete(file.key)
            try await world.store.delete(file.key)
            #expect(try await world.store.contains(file.key) == false)
            #expect(try await world.store.put(bytes("abc")) == file)
            #expect(try await world.store.contains(file.key))
        },
        ObjectPromise("lists in pages, sorted, each name once") { world in
            let store = world.store
            let names = ["a-b", "a.c", "a/0", "a/b/c", "a0", "b/1", "b/10", "b/2", "c"]
            for name in names.reversed() { _ = try await store.leave(name, as: name) }
            #expect(try await store.names(.staging) == names)
            #expect(try await store.names(.staging, "b/1") == ["b/1", "b/10"])
            #expect(try await store.names(.staging, "a/") == ["a/0", "a/b/c"])
            #expect(try await store.names(.staging, "d") == [])
            #expect(try await store.names(.objects) == [])
            for most in [1, 3, 8, 9, 10] {
                var (found, pages, after) = ([String](), 0, String?.none)
                repeat {
                    let page = try await store.list(.staging, ListAsk(after: after, most: most))
                    #expect(page.entries.count <= most)
                    #expect(page.entries.allSatisfy { $0.sizeBytes == Int64($0.name.utf8.count) })
                    found += page.entries.map(\.name)
                    after = page.next
                    pages += 1
                } while after != nil && pages < 20
                #expect(found == names)
            }
            #expect(
                try await store.list(.staging, ListAsk(prefix: "a", after: "a/0")).entries.map(\.name) == [
                    "a/b/c", "a0",
                ])
            #expect(await refusal { _ = try await store.list(.staging, ListAsk(most: 0)) } == .refused)
        },
    ]
}
