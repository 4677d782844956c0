// What a started camera has of its media source: the instance that Start activates and, as the
// switches say, the monitor's and another for those who watch. Says which of them is asked.
#pragma once

#include <windows.h>

#include <map>
#include <memory>

#include "host.h"
#include "local_source.h"
#include "lock.h"
#include "turns.h"

namespace mfvcam::simulator {

class CameraSource final : public HostedSource, public std::enable_shared_from_this<CameraSource> {
 public:
    // monitored: the monitor's instance, or null.
    static HRESULT activate(const GUID& class_id, const Bytes& attributes,
                            const std::weak_ptr<CameraListener>& listener,
                            std::shared_ptr<HostedSource> monitored,
                            std::shared_ptr<CameraSource>& source);

    HRESULT ks_property(Bytes& property, void* data, ULONG data_length,
                        ULONG* bytes_returned) noexcept override;
    HRESULT enable(const KSEVENT& event, const KSEVENTDATA& notification,
                   std::uint64_t& registration) noexcept override;
    HRESULT disable(std::uint64_t registration) noexcept override;
    void forget(std::uint64_t registration) noexcept override;
    HRESULT open_consumer(const std::shared_ptr<ConsumerListener>& listener,
                          SourceData& description,
                          std::shared_ptr<Consumer>& consumer) noexcept override;

    // All instances in this process; a second one does nothing.
    void shutdown(HRESULT reason) noexcept;

 private:
    class Watcher;
    struct Registration {
        std::weak_ptr<HostedSource> source;
        std::uint64_t id = 0;  // that one's
    };

    CameraSource(const GUID& class_id, Bytes attributes, std::weak_ptr<CameraListener> listener,
                 std::shared_ptr<HostedSource> monitored) noexcept
        : class_id_(class_id),
          attributes_(std::move(attributes)),
          listener_(std::move(listener)),
          monitored_(std::move(monitored)) {}

    // The instance that is asked now.
    std::shared_ptr<HostedSource> asked() noexcept;
    // Whether KsEvent goes to an instance that might be watched, and is not.
    [[nodiscard]] bool is_unwatched() noexcept;
    HRESULT watch(const std::shared_ptr<ConsumerListener>& listener, SourceData& description,
                  std::shared_ptr<Consumer>& consumer);
    void close(Consumer& consumer) noexcept;
    // One fewer who watches. The instance that nobody does any more, for the caller to shut down.
    std::shared_ptr<LocalSource> leave() noexcept;
    Registration take(std::uint64_t registration) noexcept;

    const GUID class_id_;
    const Bytes attributes_;
    const std::weak_ptr<CameraListener> listener_;
    std::shared_ptr<LocalSource> first_;  // of Start

    Turns watchers_turns_;  // they come and go one at a time
    Lock lock_;
    HRESULT ended_ = S_OK;                     // once shut down, the reason
    std::shared_ptr<HostedSource> monitored_;  // until then
    std::size_t watchers_ = 0;
    std::shared_ptr<LocalSource> watched_;  // theirs, if not the first
    std::uint64_t last_registration_ = 0;
    std::map<std::uint64_t, Registration> registrations_;
};

}  // namespace mfvcam::simulator
