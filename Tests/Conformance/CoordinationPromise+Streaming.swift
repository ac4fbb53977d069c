// Conformance · tests · sees Contracts, Ports
import Ports
import Testing

extension CoordinationPromise {
    private static let all100 = Keeping(100, for: .seconds(60))

    static let streaming = [
        CoordinationPromise("reads a stream from any cursor on, in pages") { desk in
            let cursors = try await desk.append(1...5, keeping: all100)
            #expect(cursors.map(\.number) == [1, 2, 3, 4, 5])
            #expect(Set(cursors.map(\.life)).count == 1)
            let first = try await desk.read("s", after: .start, limit: 2)
            #expect(first.entries == [StreamEntry(cursors[0], [1]), StreamEntry(cursors[1], [2])])
            #expect(first.cursor == cursors[1] && !first.hasGap)
            let rest = try await desk.read("s", after: first.cursor, limit: 100)
            #expect(rest.entries.map(\.bytes) == [[3], [4], [5]] && !rest.hasGap)
            let none = try await desk.read("s", after: rest.cursor, limit: 100)
            #expect(none == StreamPage(entries: [], cursor: cursors[4], hasGap: false))
            #expect(try await desk.end(of: "s") == cursors[4])
            #expect(StreamCursor(cursors[4].description) == cursors[4])
            #expect(try await desk.end(of: "nobody's") == .start)
            #expect(try await desk.read("nobody's", after: .start, limit: 1).hasGap == false)
        },
        CoordinationPromise("keeps the newest of a stream and says when a reader has missed something") { desk in
            let cursors = try await desk.append(1...10, keeping: Keeping(3, for: .seconds(60)))
            let behind = try await desk.read("s", after: cursors[2], limit: 100)
            #expect(behind.entries.map(\.bytes) == [[8], [9], [10]] && behind.hasGap)
            #expect(try await desk.read("s", after: .start, limit: 100).hasGap)
            #expect(try await desk.read("s", after: cursors[6], limit: 100).hasGap == false)
        },
        CoordinationPromise("begins a stream anew when its time is over, and says so to who has read the old") { desk in
            let old = try await desk.append(1...3, keeping: Keeping(100, for: .milliseconds(30)))
            #expect(try await desk.until { try await $0.end(of: "s") == .start })
            #expect(
                try await desk.read("s", after: old[2], limit: 9)
                    == StreamPage(
                        entries: [], cursor: .start, hasGap: true))
            let new = try await desk.append(4...4, keeping: all100)
            #expect(new[0] > old[2])
            let page = try await desk.read("s", after: old[2], limit: 9)
            #expect(page == StreamPage(entries: [StreamEntry(new[0], [4])], cursor: new[0], hasGap: true))
        },
        CoordinationPromise("wakes a follower for every entry, and lets him go when the time is over") { desk in
            let follower = try await StreamFollower("s", of: desk)
            async let appended = desk.append(1...50, keeping: all100)
            var (cursor, seen) = (StreamCursor.start, [[UInt8]]())
            while seen.count < 50 {
                let page = try await follower.next(after: cursor, limit: 7, within: .seconds(30))
                #expect(!page.hasGap && !page.entries.isEmpty)
                seen += page.entries.map(\.bytes)
                cursor = page.cursor
            }
            #expect(seen == (1...50).map { [UInt8($0)] })
            #expect(try await appended.last == cursor)
            #expect(try await follower.next(after: cursor, limit: 7, within: .milliseconds(5)).entries.isEmpty)
            await follower.end()
        },
        CoordinationPromise("numbers what many append at once without a hole") { desk in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask { try await desk.append([UInt8(number)], to: "s", keeping: all100) }
                }
                try await group.waitForAll()
            }
            let page = try await desk.read("s", after: .start, limit: 100)
            #expect(page.entries.map(\.cursor.number) == Array(1...40))
            #expect(Set(page.entries.map(\.bytes)).count == 40)
        },
    ]
}

extension Coordination {
    /// Appends the numbers one after the other to the stream `s`.
    fileprivate func append(_ numbers: ClosedRange<UInt8>, keeping: Keeping) async throws -> [StreamCursor] {
        var cursors: [StreamCursor] = []
        for number in numbers { cursors.append(try await append([number], to: "s", keeping: keeping)) }
        return cursors
    }
}
