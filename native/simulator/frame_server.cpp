#include "frame_server.h"

#include <mferror.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "background_thread.h"
#include "camera_registry.h"
#include "choices.h"
#include "guard.h"
#include "monitor.h"
#include "switches.h"
#include "system_cameras.h"

namespace mfvcam::simulator {
namespace {

// Without anybody, in ms: a program that runs another right after should find it.
constexpr DWORD kLinger = 1'000;
// For the first program to come, in ms.
constexpr DWORD kPatience = 20'000;

// If a switch says so.
void die_in(Call call) noexcept {
    constexpr std::array kCalls = {std::pair{switches::kInStart, Call::kStart},
                                   std::pair{switches::kInGetMediaSource, Call::kOpenConsumer},
                                   std::pair{switches::kInSendCameraProperty, Call::kKsProperty},
                                   std::pair{switches::kInCreateSyncEvent, Call::kEnable}};
    const LONG when = switches::code(switches::Switch::kDiesIn);
    for (const auto& [chosen, each] : kCalls) {
        if (when == chosen && call == each) {
            TerminateProcess(GetCurrentProcess(), ERROR_PROCESS_ABORTED);
        }
    }
}

// Whether the program is to give back what the answer names.
bool gives_something(Call call) noexcept {
    return call == Call::kOpen || call == Call::kHoldState || call == Call::kEnable ||
           call == Call::kOpenConsumer;
}

}  // namespace

HRESULT FrameServer::run(const std::wstring& server, Role role) {
    std::wstring name;
    Pipe first;
    HRESULT hr = Pipe::name_of(server, role, name);
    if (FAILED(hr)) {
        return hr;
    }
    const std::wstring own = name.substr(name.find_last_of(L'\\') + 1);
    // Wine lets a second server have the first instance of a pipe.
    const std::wstring mutex = L"Local\\" + own;
    // Closed with the process.
    if (CreateMutexW(nullptr, FALSE, mutex.c_str()) == nullptr) {
        return hresult_from_last_error();
    }
    if (GetLastError() == ERROR_ALREADY_EXISTS) {
        return S_FALSE;
    }
    hr = Pipe::listen(name, true, first);
    if (FAILED(hr)) {
        return hr == E_ACCESSDENIED ? S_FALSE : hr;
    }
    if (role == Role::kFrameServer) {
        monitor::use(server);
        hr = system_cameras::restore(own);
    }
    if (FAILED(hr)) {
        return hr;
    }
    // Left to the end of the process, as its threads are.
    static auto* const only = new FrameServer(name, role);
    const auto connection = std::make_shared<Pipe>(std::move(first));
    hr = run_in_background([connection] { only->accept(std::move(*connection)); });
    if (SUCCEEDED(hr)) {
        only->wait_until_idle();
    }
    return hr;
}

void FrameServer::accept(Pipe first) {
    Pipe next = std::move(first);
    for (;;) {
        const bool connected = SUCCEEDED(next.accept());
        Pipe taken = std::move(next);
        next = Pipe();
        while (FAILED(guarded([&] { return Pipe::listen(name_, false, next); }))) {
            Sleep(1);  // out of memory: nothing else can be done
        }
        if (connected) {
            // A program that cannot be served is hung up on, and nobody else hears of it.
            guarded([&] {
                const auto connection = std::make_shared<Pipe>(std::move(taken));
                return run_in_background([this, connection] { serve(*connection); });
            });
        }
    }
}

void FrameServer::serve(const Pipe& connection) {
    DWORD process_id = 0;
    HRESULT hr = connection.client_process(process_id);
    std::shared_ptr<ClientSession> joined;
    while (SUCCEEDED(hr) && !joined) {
        hr = guarded([&] { return serve_one(connection, process_id, joined); });
    }
    if (joined) {
        // One that has not heard of it may have died before it was opened, and its id be another's.
        if (FAILED(hr)) {
            joined->leave();
        }
        joined->run(connection);
        leave(joined->id());
    }
}

HRESULT FrameServer::serve_one(const Pipe& connection, DWORD process_id,
                               std::shared_ptr<ClientSession>& joined) {
    Bytes request;
    Bytes reply;
    std::shared_ptr<ClientSession> asking;
    HRESULT hr = connection.receive(request);
    if (SUCCEEDED(hr)) {
        hr = answer(request, process_id, reply, asking, joined);
    }
    if (FAILED(hr)) {
        return hr;
    }
    hr = connection.send(reply, choices::kProgramPatience);
    // One that takes nothing; and what it has not heard of, it cannot give back.
    if (asking && (hr == HRESULT_FROM_WIN32(ERROR_TIMEOUT) ||
                   (FAILED(hr) && gives_something(Reader(request).get<Call>())))) {
        asking->leave();
    }
    return hr;
}

// Fails if no answer is to be given.
HRESULT FrameServer::answer(const Bytes& request, DWORD process_id, Bytes& reply,
                            std::shared_ptr<ClientSession>& asking,
                            std::shared_ptr<ClientSession>& joined) {
    Reader arguments(request);
    const auto call = arguments.get<Call>();
    const auto id = arguments.get<ObjectId>();
    switches::apply(arguments.get<switches::Snapshot>());
    Writer results;
    HRESULT hr = S_OK;
    if (call == Call::kJoin) {
        hr = join(process_id, results, joined);
        if (hr == S_FALSE) {
            return E_ABORT;
        }
    } else if (asking = session(id, process_id); asking) {
        if (call == Call::kLeave) {
            asking->leave();
        } else if (asking->ended()) {
            hr = death_of(role_);
        } else {
            hr = guarded([&] { return asking->serve(call, arguments, results); });
            // Whoever left meanwhile has left behind what this call had of the last camera.
            if (asking->ended()) {
                look_again();
            }
            if (role_ == Role::kFrameServer) {
                die_in(call);
            }
        }
    } else {
        hr = death_of(role_);
    }
    const bool fits = results.bytes().size() <= ClientSession::kMostResults;
    Writer whole;
    whole.put(fits ? hr : choices::kMessageTooLong);
    reply = whole.bytes();
    if (fits) {
        std::ranges::copy(results.bytes(), std::back_inserter(reply));
    }
    return S_OK;
}

// S_FALSE: it is too late.
HRESULT FrameServer::join(DWORD process_id, Writer& results,
                          std::shared_ptr<ClientSession>& joined) {
    ObjectId id = 0;
    {
        const LockGuard guard(lock_);
        if (closing_) {
            return S_FALSE;
        }
        // No other Frame Server's: a late call for one that has died must find nothing here.
        id = ObjectId{GetCurrentProcessId()} << 32U | ++last_;
    }
    std::shared_ptr<ClientSession> made;
    const HRESULT hr = ClientSession::make(id, process_id, made);
    if (FAILED(hr)) {
        return hr;
    }
    {
        const LockGuard guard(lock_);
        if (closing_) {
            return S_FALSE;
        }
        sessions_.emplace(id, made);
    }
    WakeAllConditionVariable(&changed_);
    joined = std::move(made);
    results.put(id);
    results.put(GetCurrentProcessId());
    return S_OK;
}

std::shared_ptr<ClientSession> FrameServer::session(ObjectId id, DWORD process_id) noexcept {
    const LockGuard guard(lock_);
    const auto found = sessions_.find(id);
    return found != sessions_.end() && found->second->process_id() == process_id ? found->second
                                                                                 : nullptr;
}

void FrameServer::leave(ObjectId id) noexcept {
    {
        const LockGuard guard(lock_);
        sessions_.erase(id);
    }
    WakeAllConditionVariable(&changed_);
}

void FrameServer::look_again() noexcept {
    {
        const LockGuard guard(lock_);  // whoever looks is to be waiting by now
    }
    WakeAllConditionVariable(&changed_);
}

void FrameServer::wait_until_idle() noexcept {
    const LockGuard guard(lock_);
    DWORD time = kPatience;
    ObjectId seen = last_;
    for (;;) {
        const bool changed = SleepConditionVariableSRW(&changed_, lock_.get(), time, 0) != FALSE;
        const bool nobody = sessions_.empty() && CameraRegistry::instance().empty();
        time = nobody ? kLinger : INFINITE;
        if (nobody && !changed && seen == last_) {
            closing_ = true;
            return;
        }
        seen = last_;
    }
}

}  // namespace mfvcam::simulator
