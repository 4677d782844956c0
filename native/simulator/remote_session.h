// What a program has with the Frame Server: the connections, and who is told what happens there.
// It lasts while the program holds anything of the Frame Server's.
#pragma once

#include <windows.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "frame_server_protocol.h"
#include "guard.h"
#include "host.h"
#include "lock.h"
#include "pipe.h"
#include "switches.h"
#include "wire.h"

namespace mfvcam::simulator {

class RemoteListeners;

class RemoteSession {
 public:
    // As RemoteServer makes them.
    RemoteSession(std::wstring pipe, Role role, ObjectId id, DWORD server,
                  std::shared_ptr<RemoteListeners> listeners) noexcept
        : pipe_(std::move(pipe)),
          death_(death_of(role)),
          id_(id),
          server_(server),
          listeners_(std::move(listeners)) {}
    ~RemoteSession();
    RemoteSession(const RemoteSession&) = delete;
    RemoteSession& operator=(const RemoteSession&) = delete;

    [[nodiscard]] RemoteListeners& listeners() const noexcept { return *listeners_; }
    // False once a call has found no Frame Server, perhaps before the listeners are told.
    [[nodiscard]] bool usable() const noexcept;
    // The Frame Server's.
    [[nodiscard]] DWORD process_id() const noexcept { return server_; }

    // Sends a call and waits for its answer; results are what came with it. kMessageTooLong,
    // death_of the other process's role.
    template <class... Arguments>
    HRESULT call(Call what, Bytes& results, const Arguments&... arguments) noexcept {
        return guarded([&] {
            Writer request;
            request.put(what);
            request.put(id_);
            request.put(switches::snapshot());
            (request.put(arguments), ...);
            return exchange(request.bytes(), results);
        });
    }
    template <class... Arguments>
    HRESULT tell(Call what, const Arguments&... arguments) noexcept {
        Bytes none;
        return call(what, none, arguments...);
    }

 private:
    HRESULT exchange(const Bytes& request, Bytes& results);
    HRESULT take_connection(Pipe& connection);
    void give_back(Pipe connection);

    const std::wstring pipe_;
    const HRESULT death_;
    const ObjectId id_;
    const DWORD server_;
    const std::shared_ptr<RemoteListeners> listeners_;
    std::atomic<bool> broken_{false};
    Lock lock_;
    std::vector<Pipe> idle_;
};

// The Frame Server of one name, or its monitor, as this process has it. Free-threaded.
class RemoteServer {
 public:
    RemoteServer(std::wstring name, Role role) : name_(std::move(name)), role_(role) {}

    // The only one of this process. Joins the server if there is none, and starts it if need be.
    HRESULT session(std::shared_ptr<RemoteSession>& session);

 private:
    const std::wstring name_;
    const Role role_;
    // Held while the session is made: who else needs it waits for that anyway.
    Lock lock_;
    std::weak_ptr<RemoteSession> session_;
};

// Those who are told events, by the names that the Frame Server has for them. Free-threaded.
class RemoteListeners {
 public:
    ObjectId add(std::shared_ptr<CameraListener> listener);
    ObjectId add(std::shared_ptr<ConsumerListener> listener);
    // Is told nothing any more but by a call under way.
    void remove(ObjectId id) noexcept;

    std::shared_ptr<CameraListener> camera(ObjectId id) noexcept;
    std::shared_ptr<ConsumerListener> consumer(ObjectId id) noexcept;

    [[nodiscard]] bool lost() const noexcept { return lost_; }
    // The Frame Server has died, or let us go: all are told. Once.
    void lose() noexcept;
    void wait_until_lost() noexcept;
    // Until that of a camera is told nothing any more.
    void wait_until_removed(ObjectId id) noexcept;

 private:
    Lock lock_;
    CONDITION_VARIABLE changed_ = CONDITION_VARIABLE_INIT;
    std::atomic<bool> lost_{false};
    ObjectId last_ = 0;
    std::map<ObjectId, std::shared_ptr<CameraListener>> cameras_;
    std::map<ObjectId, std::shared_ptr<ConsumerListener>> consumers_;
};

}  // namespace mfvcam::simulator
