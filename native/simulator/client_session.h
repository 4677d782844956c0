// What one program has in the Frame Server. It ends, and all of it with it, when the program leaves
// or dies.
#pragma once

#include <windows.h>

#include <deque>
#include <map>
#include <memory>
#include <set>

#include "frame_server_protocol.h"
#include "host.h"
#include "lock.h"
#include "owned_handle.h"
#include "pipe.h"
#include "wire.h"

namespace mfvcam::simulator {

class ClientSession : public std::enable_shared_from_this<ClientSession> {
 public:
    // Bytes of results that a reply holds.
    static constexpr std::size_t kMostResults = Pipe::kLongest - sizeof(HRESULT);

    static HRESULT make(ObjectId id, DWORD process_id, std::shared_ptr<ClientSession>& session);

    [[nodiscard]] ObjectId id() const noexcept { return id_; }
    [[nodiscard]] DWORD process_id() const noexcept { return process_id_; }

    HRESULT serve(Call call, Reader& arguments, Writer& results);
    [[nodiscard]] bool ended() noexcept;

    // Tells the program all that is to be told, on the connection for that, until the session ends.
    void run(const Pipe& events) noexcept;
    void leave() noexcept;
    // A program that listens no more is let go. frame: passes by shared memory.
    void tell(const Writer& message, Bytes frame = {}) noexcept;

 private:
    struct Hold {
        std::shared_ptr<CameraHold> hold;
        // The source it was last seen to have, as the program knows it.
        std::weak_ptr<HostedSource> source;
        ObjectId source_id = 0;
    };
    struct Source {
        std::shared_ptr<HostedSource> source;
        std::set<std::uint64_t> registrations;
    };
    struct Outgoing {
        Bytes message;
        Bytes frame;
    };
    class Listener;
    class CameraEvents;
    class ConsumerEvents;

    ClientSession(ObjectId id, DWORD process_id, OwnedHandle process, OwnedHandle wake) noexcept
        : id_(id), process_id_(process_id), process_(std::move(process)), wake_(std::move(wake)) {}

    HRESULT open(Reader& arguments, Writer& results);
    HRESULT hold_state(ObjectId id, Writer& results);
    HRESULT enable(ObjectId id, Reader& arguments, Writer& results);
    HRESULT disable(Call call, ObjectId id, Reader& arguments);
    HRESULT open_consumer(ObjectId id, Reader& arguments, Writer& results);
    void release(ObjectId id) noexcept;

    std::shared_ptr<CameraHold> hold(ObjectId id) noexcept;
    std::shared_ptr<HostedSource> source(ObjectId id) noexcept;
    std::shared_ptr<Consumer> consumer(ObjectId id) noexcept;
    // 0: the session has ended.
    template <class Map, class Object>
    ObjectId add(Map& map, Object object);
    // The process's own duplicate of what notification names.
    HRESULT duplicate(KSEVENTDATA& notification, OwnedHandle& handle) const noexcept;
    bool next(Outgoing& outgoing) noexcept;
    void end() noexcept;

    const ObjectId id_;
    const DWORD process_id_;
    const OwnedHandle process_;
    const OwnedHandle wake_;
    Lock lock_;
    bool ended_ = false;
    ObjectId last_ = 0;
    std::map<ObjectId, Hold> holds_;
    std::map<ObjectId, Source> sources_;
    std::map<ObjectId, std::shared_ptr<Consumer>> consumers_;
    std::deque<Outgoing> outgoing_;
    std::size_t outgoing_bytes_ = 0;
};

}  // namespace mfvcam::simulator
