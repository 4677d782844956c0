// The Frame Server: takes programs in, and ends when no camera and no program is left.
#pragma once

#include <windows.h>

#include <map>
#include <memory>
#include <string>

#include "client_session.h"
#include "lock.h"
#include "pipe.h"

namespace mfvcam::simulator {

class FrameServer {
 public:
    // Serves until nobody is left. S_FALSE: another process serves under this name.
    static HRESULT run(const std::wstring& server, Role role);

 private:
    FrameServer(std::wstring name, Role role) : name_(std::move(name)), role_(role) {}

    void accept(Pipe first);
    void serve(const Pipe& connection);
    HRESULT serve_one(const Pipe& connection, DWORD process_id,
                      std::shared_ptr<ClientSession>& joined);
    HRESULT answer(const Bytes& request, DWORD process_id, Bytes& reply,
                   std::shared_ptr<ClientSession>& asking, std::shared_ptr<ClientSession>& joined);
    HRESULT join(DWORD process_id, Writer& results, std::shared_ptr<ClientSession>& joined);
    std::shared_ptr<ClientSession> session(ObjectId id, DWORD process_id) noexcept;
    void leave(ObjectId id) noexcept;
    // A camera may have ended.
    void look_again() noexcept;
    void wait_until_idle() noexcept;

    const std::wstring name_;
    const Role role_;
    Lock lock_;
    CONDITION_VARIABLE changed_ = CONDITION_VARIABLE_INIT;
    bool closing_ = false;
    ObjectId last_ = 0;
    std::map<ObjectId, std::shared_ptr<ClientSession>> sessions_;
};

}  // namespace mfvcam::simulator
